import type { Viewer } from '#identity/viewer'
import { visibleProjects } from '#models/project/visibility'
import type { TypedRef } from '#models/text/refs'
import type { Conditions, Condition } from '#tenancy/conditions'
import Tenancy from '#tenancy/tenancy'
import { read } from '#tenancy/sql'

/** With more matches than this a word is common: walking the sorted index and testing each row is faster. */
const RARE = 500

const MOST_WORDS = 20

const NOWHERE: Condition = ['false', []]

const UNPARTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** The text search configuration of the database that knows no accents. */
export const FOLDED = 'public.folded'

/** A table that people search: its rows have `words`, and a function of the database finds rare ones. */
type Searched = {
  table: string
  /** SQL for the words of a row, if there is no column of that name. */
  words?: string
  matches: string
  /** Rows few enough to be tested directly, like those of one project. */
  isSmall: boolean
  /** True of the row that the text names by its ref, if it names one. */
  named?: Condition
}

/** Narrows to rows that contain every word, each matched by its beginning, or that the text names by their ref. */
export async function matchText(
  conditions: Conditions,
  text: string,
  { table, matches, isSmall, named: [named, values] = NOWHERE }: Searched
) {
  const words = prefixQuery(text)
  if (!words) return conditions.add('false')
  const { holds } = await holding({ table, matches, isSmall }, words)
  const within = isUnparted(text) ? holdingEachPart(text, table) : NOWHERE
  // "A4" may mean the paper size as well as the assumption.
  const either = `(${holds[0]} or ${within[0]} or ${named})`
  return conditions.add(either, ...holds[1], ...within[1], ...values)
}

/** Whether it is in a script without blanks between words, so that no word begins where one is searched for. */
export function isUnparted(text: string) {
  return UNPARTED.test(text)
}

function holdingEachPart(text: string, table: string): Condition {
  const parts = text.trim().split(/\s+/).slice(0, MOST_WORDS)
  const held = parts.map((part) => holdingPart(part, `${table}.title`, `${table}.description`))
  return [`(${held.map(([holds]) => holds).join(' and ')})`, held.flatMap(([, values]) => values)]
}

/** The condition for rows that contain every word of a prefix query, and whether the words are rare there. */
export async function holding(
  { isSmall = false, matches, table, words = `${table}.words` }: Held,
  text: string
): Promise<{ holds: Condition; isRare: boolean }> {
  const ids = isSmall ? null : await rareIds(matches, text)
  if (ids) return { holds: [`${table}.id = any(?)`, [ids]], isRare: true }
  return { holds: [`${words} @@ to_tsquery('${FOLDED}', ?)`, [text]], isRare: false }
}

type Held = Pick<Searched, 'table' | 'words' | 'matches'> & { isSmall?: boolean }

/** The ids that the database function `matches` finds; null when there are too many to name. */
async function rareIds(matches: string, words: string): Promise<string[] | null> {
  const { trx } = Tenancy.current()
  const [{ ids }] = await read(trx, `select ${matches}(?, ?) as ids`, [words, RARE + 1])
  return ids && ids.length <= RARE ? ids : null
}

/** `vend lat` becomes `vend:* & lat:*`; null when it contains no word. */
export function prefixQuery(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  return words.length > 0 ? words.slice(0, MOST_WORDS).map(beginningWith).join(' & ') : null
}

/** Accents are stored as they were typed: as one character with their letter, or as a separate one after it. */
function beginningWith(word: string) {
  const forms = new Set([word, word.normalize('NFC'), word.normalize('NFD')])
  const told = [...forms].map((form) => `${form}:*`).join(' | ')
  return forms.size > 1 ? `(${told})` : told
}

/** True of rows that hold the text in one of the columns, whatever the accents and capitals of either. */
export function holdingPart(text: string, ...columns: string[]): [string, string[]] {
  // Without `like`: folding makes its wildcards of other characters, such as full-width ones.
  const each = columns.map((column) => `strpos(folded(${column}), folded(?)) > 0`)
  return [`(${each.join(' or ')})`, columns.map(() => text)]
}

/** The text with its `like` wildcards escaped. */
export function literally(text: string) {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}

/** True of the rows of `table` that carry the ref, where rows show themselves with their project. */
export function carryingRef(table: string, { code, number }: TypedRef): Condition {
  if (!code) return [`${table}.number = ?`, [number]]
  return [`(${table}.number = ? and ${table}.project_id in (${CODED}))`, [number, code]]
}

/**
 * True of rows in the project with the code, if the row can be visible to people who may not know its project: no one
 * finds out its code by trying.
 */
export function inVisibleProjectCoded(table: string, code: string, viewer: Viewer): Condition {
  const visible = visibleProjects(viewer)
  return [
    `${table}.project_id in (${CODED}${visible ? ` and ${visible[0]}` : ''})`,
    [code, ...(visible?.[1] ?? [])],
  ]
}

const CODED = `select projects.id from projects
  where projects.organisation_id = (select app_organisation()) and projects.code = ?`
