import { allowedColumns } from '#assistant/allowed_columns'
import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import { Conditions } from '#tenancy/conditions'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type SourceRow = { id: string; [column: string]: unknown }

/** One kind of record that questions may be about. */
export type Source = {
  table: string
  kind: (row: SourceRow) => string
  /** What people call the record; null where it has no name of its own. */
  ref: (project: Project, row: SourceRow) => string | null
  /** Sent as they are, with the people they name replaced; for other records, their refs. */
  fields: string[]
  /** Sent under another name, as the word that replaces the person. */
  people: Record<string, string>
  /** Narrows to what the asker may see, and to what matters. */
  narrow: (conditions: Conditions, project: Project, viewer: Viewer) => void
  /** True of the rows that everyone on the project can read; absent when that is all of them. */
  shared?: string
  order: string
  most: number
}

type Told = Pick<Source, 'table' | 'kind' | 'fields' | 'order' | 'most'> & Partial<Source>

/** What a ref is made of. */
const NAMING: Record<string, string[]> = {
  gates: ['number'],
  gate_criteria: ['position'],
  gate_conditions: ['number'],
  raid_items: ['type', 'number'],
  tasks: ['number'],
}

/** Refuses, on creation, columns that the inventory keeps from the assistant. */
export function source(told: Told): Source {
  const complete: Source = { ref: () => null, people: {}, narrow: () => {}, ...told }
  allowedColumns(complete.table, columnsOf(complete))
  return complete
}

/** Which rows of a source are meant, among those the asker may see. */
type Meant = { sharedOnly?: boolean; only?: (conditions: Conditions) => unknown }

/** The rows of a source, plus one when there are more than are sent. */
export function rowsOf(
  from: Source,
  project: Project,
  viewer: Viewer,
  { sharedOnly = false, only }: Meant = {}
): Promise<SourceRow[]> {
  const { trx, organisationId } = Tenancy.current()
  const { table, narrow, shared, order, most } = from
  const conditions = new Conditions()
  conditions.add(`${table}.organisation_id = ?`, organisationId)
  conditions.add(`${table}.project_id = ?`, project.id)
  narrow(conditions, project, viewer)
  if (sharedOnly && shared) conditions.add(shared)
  only?.(conditions)
  const columns = allowedColumns(table, columnsOf(from)).map((column) => `${table}.${column}`)
  return sql(
    trx,
    `select ${columns.join(', ')} from ${table} where ${conditions.text} order by ${order} limit ?`,
    [...conditions.values, most + 1]
  )
}

function columnsOf({ table, fields, people }: Source) {
  return [...new Set(['id', ...(NAMING[table] ?? []), ...fields, ...Object.keys(people)])]
}
