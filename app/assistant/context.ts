import { claudeSettings } from '#config/assistant'
import { castOf } from '#assistant/cast'
import { Pseudonyms } from '#assistant/pseudonyms'
import { rowsOf, type Source, type SourceRow } from '#assistant/source'
import { projectFields, sources } from '#assistant/sources'
import type { Viewer } from '#identity/viewer'
import type { ContextManifest } from '#models/ai_interaction'
import { today } from '#models/days'
import type Project from '#models/project'
import type { Conditions } from '#tenancy/conditions'

const LONGEST_TEXT = 800
const LONGEST_CONTEXT = 150_000

/** The records of one project that may be sent on behalf of one person. */
export type Context = {
  /** One record a line, as JSON, so that nothing a record says can be taken for its end. */
  text: string
  manifest: ContextManifest
  people: Pseudonyms
}

/** What else is included, and how much of it. */
export type Reach = {
  /** Kinds of record to include besides the usual ones. */
  more?: Source[]
  /** Only what everyone on the project can read, for texts that reach more people than the asker. */
  sharedOnly?: boolean
  /** Only these of the usual tables, and which of their rows. */
  only?: Record<string, (conditions: Conditions) => unknown>
}

/**
 * Collects what a question about a project needs: allowed fields of records in this project that the asker may see,
 * with people replaced by words.
 */
export async function contextOf(
  project: Project,
  viewer: Viewer,
  { more = [], sharedOnly = false, only }: Reach = {}
): Promise<Context> {
  const people = new Pseudonyms(
    await castOf(project),
    `${claudeSettings.pseudonymKey} ${project.id}`
  )
  const manifest: ContextManifest = {
    records: [],
    withheld: { restricted: 0, overflow: 0 },
    people: {},
  }
  const refs = new Map<string, string>()
  const lines = [projectLine(project, people)]
  let length = lines[0].length
  const usual = only ? sources.filter(({ table }) => table in only) : sources
  for (const source of [...usual, ...more]) {
    const meant = { sharedOnly, only: only?.[source.table] }
    const rows = await rowsOf(source, project, viewer, meant)
    manifest.withheld.overflow += Math.max(0, rows.length - source.most)
    for (const row of rows.slice(0, source.most)) {
      const line = lineOf(source, project, row, { people, refs })
      length += line.length
      if (length > LONGEST_CONTEXT) {
        manifest.withheld.overflow++
        continue
      }
      lines.push(line)
      const ref = source.ref(project, row)
      if (!ref) continue
      refs.set(row.id, ref)
      manifest.records.push({ ref, kind: source.kind(row), id: row.id })
    }
  }
  return { text: lines.join('\n'), manifest, people }
}

/** The manifest; complete once everything that names people has been written. */
export function finished({ manifest, people }: Context): ContextManifest {
  return {
    ...manifest,
    withheld: { ...manifest.withheld, restricted: people.withheld },
    people: Object.fromEntries(people.named),
  }
}

/** The context plus what was computed from its records, one line each and naming no one. */
export function withLines(context: Context, lines: Record<string, unknown>[]): Context {
  const told = lines.map((line) => JSON.stringify(tidied(Object.entries(line), context.people)))
  return { ...context, text: [context.text, ...told].join('\n') }
}

function projectLine(project: Project, people: Pseudonyms) {
  const row = project.$attributes
  const told = projectFields.map((column) => [column, row[camel(column)]] as const)
  return JSON.stringify({
    ref: project.code,
    kind: 'project',
    ...tidied(told, people),
    today: today(),
    manager: people.person(project.managerId) ?? undefined,
    sponsor: people.person(project.sponsorId) ?? undefined,
  })
}

/** A column that points at another record, which is told by its ref. */
const RECORD = /^(gate|criterion)_id$/

type Words = { people: Pseudonyms; refs: Map<string, string> }

function lineOf(source: Source, project: Project, row: SourceRow, { people, refs }: Words) {
  const ref = source.ref(project, row) ?? undefined
  const told = source.fields.map((column) => {
    const record = RECORD.exec(column)?.[1]
    return record
      ? ([record, refs.get(String(row[column]))] as const)
      : ([column, row[column]] as const)
  })
  const named = Object.entries(source.people).map(
    ([column, name]) => [name, people.person(row[column] as string | null) ?? undefined] as const
  )
  return JSON.stringify({
    ref,
    kind: source.kind(row),
    ...tidied(told, people),
    ...Object.fromEntries(named),
  })
}

function tidied(told: (readonly [string, unknown])[], people: Pseudonyms) {
  const present = told.filter(([, value]) => value !== null && value !== undefined && value !== '')
  return Object.fromEntries(
    present.map(([column, value]) => [
      column,
      typeof value === 'string' ? people.text(shortened(value)) : value,
    ])
  )
}

/** Cuts between characters, so that none is sent in half. */
function shortened(text: string) {
  const characters = [...text]
  return characters.length <= LONGEST_TEXT ? text : `${characters.slice(0, LONGEST_TEXT).join('')}…`
}

function camel(column: string) {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
