import type { Viewer } from '#identity/viewer'
import { visibleProjectIds } from '#models/project/visibility'
import { MARK, type FoundRow, type Hit, type Kind } from '#models/search/kind'
import { FOLDED, hasPhrase, holding, isUnparted, prefixQuery } from '#models/lists/text_search'
import { Conditions, type Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Shorter words resemble too many others; a Chinese word has two characters. */
const SHORTEST_ALIKE = 4
const SHORTEST_UNPARTED = 2

/** How many similar rows are read, so that some of them are visible. */
const ALIKE = 60

const HEADLINE = `StartSel=${MARK.start}, StopSel=${MARK.end}, MaxFragments=1, MaxWords=22, MinWords=10`

/** Emphasis, headings and bullets mean nothing in a one-line excerpt. */
const WITHOUT_MARKS = String.raw`regexp_replace(left(coalesce(text, ''), 20000),
  '[*]{2}|\u0060|^[ ]*(#{1,6}|[-*+>])[ ]+', '', 'gn')`

/** Who searches for what; in one project, or in everything that they may see. */
export type Sought = { viewer: Viewer; text: string; projectId: string | null }

/** What a search found of one kind. */
export type Found = { hits: Hit[]; hasMore: boolean }

/**
 * At most `limit` records of a kind that the viewer may see: first the one that the text names by its ref, then those
 * that contain every word, then those with a title like what was typed.
 */
export async function find(kind: Kind, sought: Sought, limit: number): Promise<Found> {
  const whole = await holdingWords(kind, sought, limit + 1)
  if (whole.length > limit) {
    return { hits: whole.slice(0, limit).map((row) => hitOf(kind, row)), hasMore: true }
  }
  const known = new Set(whole.map(({ id }) => id))
  const alike = (await likeTitles(kind, sought)).filter(({ id }) => !known.has(id))
  const hits = [
    ...whole.map((row) => hitOf(kind, row)),
    ...alike.map((row) => hitOf(kind, row, true)),
  ]
  return { hits: hits.slice(0, limit), hasMore: hits.length > limit }
}

async function holdingWords(kind: Kind, sought: Sought, limit: number) {
  const { text, viewer } = sought
  const words = prefixQuery(text)
  if (!words) return []
  const named = kind.named?.(text, viewer) ?? null
  const { holds, isRare } = await holding(kind, words)
  const [called, calledBy] = named ?? ['false', []]
  const conditions = visible(kind, sought).add(
    `(${holds[0]} or ${called})`,
    ...holds[1],
    ...calledBy
  )
  // To rank a common word, every row that contains it would have to be read.
  if (!isRare && !named && kind.streams)
    return latestRows(kind, viewer, conditions, { words, limit })
  const order = [
    ...(named ? [`(${called}) desc`] : []),
    ...(isRare ? [`ts_rank(${wordsOf(kind)}, to_tsquery('${FOLDED}', ?)) desc`] : []),
    latestFirst(kind),
  ].join(', ')
  const values = [...calledBy, ...(isRare ? [words] : [])]
  return readRows(kind, viewer, conditions, { words, order, values, limit })
}

function wordsOf({ table, words = `${table}.words` }: Kind) {
  return words
}

function latestFirst({ table, latest }: Kind) {
  return `${latest} desc, ${table}.id desc`
}

async function likeTitles(kind: Kind, sought: Sought) {
  const { text, viewer } = sought
  const typed = text.trim().toLowerCase()
  const shortest = isUnparted(typed) ? SHORTEST_UNPARTED : SHORTEST_ALIKE
  // Whoever wants certain words in their order wants no others.
  if (!kind.alike || typed.length < shortest || hasPhrase(text)) return []
  const { trx } = Tenancy.current()
  const [{ ids }] = await read(trx, `select ${kind.alike}(?, ?) as ids`, [typed, ALIKE])
  if (ids.length === 0) return []
  const conditions = visible(kind, sought).add(`${kind.table}.id = any(?)`, ids)
  return readRows(kind, viewer, conditions, {
    words: null,
    order: `array_position(?::uuid[], ${kind.table}.id)`,
    values: [ids],
    limit: ALIKE,
  })
}

function visible(kind: Kind, { projectId, viewer }: Sought) {
  const { inProject = inOneProject, table, visible: narrow, within: places } = kind
  return new Conditions()
    .add(`${table}.organisation_id = ?`, Tenancy.current().organisationId)
    .meet(projectId ? inProject(projectId) : null)
    .meet((places ?? inProjects)(viewer))
    .meet(narrow?.(viewer) ?? null)
}

function inOneProject(id: string): Condition {
  return ['projects.id = ?', [id]]
}

function inProjects(viewer: Viewer): Condition | null {
  const ids = visibleProjectIds(viewer)
  return ids && [`projects.id in (${ids[0]})`, ids[1]]
}

type Reading = { words: string | null; order: string; values: unknown[]; limit: number }

function readRows(kind: Kind, viewer: Viewer, conditions: Conditions, reading: Reading) {
  const { words, order, values, limit } = reading
  const text = `${rowsOf(kind)} where ${conditions.text} order by ${order} limit ?`
  return shown(kind, viewer, words, [text, [...conditions.values, ...values, limit]])
}

/**
 * The latest rows that contain a common word. The index has them in order only within each stream, so each is walked
 * until it has yielded a page: to sort all of them, every row would be read.
 */
function latestRows(
  kind: Kind,
  viewer: Viewer,
  conditions: Conditions,
  { words, limit }: { words: string; limit: number }
) {
  const { column, values } = kind.streams!
  const text = `select near.* from unnest(?::text[]) stream (name) cross join lateral (
      ${rowsOf(kind)} where ${conditions.text} and ${column} = stream.name
      order by ${latestFirst(kind)} limit ?) near
    order by near.latest desc, near.id desc limit ?`
  return shown(kind, viewer, words, [text, [values, ...conditions.values, limit, limit]])
}

function rowsOf({ columns, from, latest, text }: Kind) {
  return `select ${[...columns, ...PROJECT].join(', ')}, ${latest} as latest, ${text} as text from ${from}`
}

/** The excerpts are cut only from the few rows that are shown. */
async function shown(kind: Kind, viewer: Viewer, words: string | null, [text, values]: Condition) {
  const passage = words
    ? `ts_headline('${FOLDED}', ${WITHOUT_MARKS}, to_tsquery('${FOLDED}', ?), '${HEADLINE}')`
    : 'null'
  const rows = await read<FoundRow>(
    Tenancy.current().trx,
    `select found.*, ${passage} as passage from (${text}) found`,
    [...(words ? [words] : []), ...values]
  )
  await kind.place?.(rows, viewer)
  return rows
}

const PROJECT = ['projects.code as project_code', 'projects.name as project_name']

function hitOf(kind: Kind, row: FoundRow, isAlike = false): Hit {
  const passage = row.passage?.includes(MARK.start) ? row.passage : null
  return { ...kind.hit(row), id: row.id, projectName: row.project_name, passage, isAlike }
}
