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
  const parts = [...text.replaceAll(QUOTES, '"').matchAll(/"([^"]+)"|[^\s"]+/g)]
    .map(([part, phrase]) => phrase ?? part)
    .slice(0, MOST_WORDS)
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

/** Marks that people or their keyboards put around words, besides the straight one. */
const QUOTES = /[“”„‟«»]/g

const TERMS = /"([^"]*)"|[\p{L}\p{N}\p{M}]+/gu

const WORDS = /[\p{L}\p{N}\p{M}]+/gu

/** Whether it has words in quotation marks, which are found only as they stand there. */
export function hasPhrase(text: string) {
  return termsOf(text).some(([, phrase]) => phrase?.trim())
}

/** `vend lat` becomes `vend:* & lat:*`, and `"late vend"` a phrase; null when it contains no word. */
export function prefixQuery(text: string): string | null {
  const terms = termsOf(text).flatMap(([word, phrase]) =>
    phrase === undefined ? beginningWith(word) : (exactly(phrase) ?? [])
  )
  return terms.length > 0 ? terms.slice(0, MOST_WORDS).join(' & ') : null
}

function termsOf(text: string) {
  return [...text.toLowerCase().replaceAll(QUOTES, '"').matchAll(TERMS)]
}

function beginningWith(word: string) {
  return eitherOf(formsOf(word).map((form) => `${form}:*`))
}

/**
 * Words that follow each other. Texts keep “co-op” as three words, which only PostgreSQL's own reading of the phrase
 * reproduces; names of files keep it as two.
 */
function exactly(phrase: string) {
  const count = phrase.match(WORDS)?.length ?? 0
  if (count === 0 || count > MOST_WORDS) return null
  const ways = formsOf(phrase).flatMap((form) => [
    `'${form.replaceAll(/['\\]/g, ' ')}'`,
    `(${form.match(WORDS)!.join(' <-> ')})`,
  ])
  return eitherOf(ways)
}

/** Accents are stored as they were typed: as one character with their letter, or as a separate one after it. */
function formsOf(text: string) {
  return [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])]
}

function eitherOf(queries: string[]) {
  return queries.length > 1 ? `(${queries.join(' | ')})` : queries[0]
}

/**
 * True of rows that hold the text in one of the columns, whatever the accents and capitals of either. Whole texts are
 * found as they stand in any case, so quotation marks around one mean nothing more.
 */
export function holdingPart(text: string, ...columns: string[]): [string, string[]] {
  const bare = /^"([^"]+)"$/.exec(text.trim().replaceAll(QUOTES, '"'))?.[1] ?? text
  // Without `like`: folding makes its wildcards of other characters, such as full-width ones.
  const each = columns.map((column) => `strpos(folded(${column}), folded(?)) > 0`)
  return [`(${each.join(' or ')})`, columns.map(() => bare)]
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
