import string from '@adonisjs/core/helpers/string'
import { Exception } from '@adonisjs/core/exceptions'
import type { CsvColumn } from '#exports/csv_stream'
import { Viewer } from '#identity/viewer'
import type { Cursor } from '#models/keyset'
import { restrictedMembers, WITHHELD } from '#models/person_flag'
import Project from '#models/project'
import { statusLabel, type RaidType } from '#models/raid/enumerations'
import { fieldsOf, type Field } from '#models/raid/fields'
import { RaidList, type RaidRow } from '#models/raid/list'
import type { ListFilters } from '#models/raid/list_filters'
import { refOf } from '#models/raid/refs'
import { bandLabels, score, scoring, type Band } from '#models/raid/scoring'
import Tenancy, { type Tenant } from '#tenancy/tenancy'

const ROWS_PER_BATCH = 1000
const PEOPLE = ['owner', 'actionee', 'decider']

/**
 * The columns of an export of one type: its ref, status and every field, people by name. Made while the
 * organisation is at work, whose scoring they keep for when the rows are read.
 */
export function raidColumns(type: RaidType): CsvColumn<RaidRow>[] {
  return [
    { header: 'Ref', value: (row) => refOf(row.project_code, row) },
    { header: 'Project', value: (row) => row.project_name },
    { header: 'Status', value: (row) => statusLabel(row.type, row.status) },
    ...derived(type),
    ...fieldsOf(type)
      .filter((field) => field.kind !== 'people' && field.kind !== 'project')
      .map((field) => ({ header: field.label, value: (row: RaidRow) => shown(row, field) })),
    { header: 'Closed on', value: (row) => row.closed_on as string | null },
  ]
}

/**
 * The rows of a list as it is filtered. The request's transaction has ended by the time they are read:
 * each batch has its own, and asks again whether the person may.
 */
export async function* raidLines(
  tenant: Tenant,
  filters: ListFilters,
  projectId: string | null
): AsyncGenerator<RaidRow[]> {
  let after: Cursor | null = null
  do {
    const cursor: Cursor | null = after
    const batch: { rows: RaidRow[]; next: Cursor | null } = await Tenancy.run(
      tenant,
      async (entry) => {
        if (!entry) throw new Exception('No longer allowed', { status: 403 })
        const viewer = new Viewer(entry)
        const project = projectId ? await Project.findVisible(viewer, projectId) : null
        const list = new RaidList(viewer, filters, project).whole()
        const found = await list.batch(cursor, ROWS_PER_BATCH)
        await withholdNames(found.rows, viewer)
        return found
      }
    )
    yield batch.rows
    after = batch.next
  } while (after)
}

/** Others do not take a restricted person's name out of the product; the person themself does. */
async function withholdNames(rows: RaidRow[], viewer: Viewer) {
  const restricted = await restrictedMembers()
  restricted.delete(viewer.membershipId)
  if (restricted.size === 0) return
  for (const row of rows) {
    for (const person of PEOPLE) {
      if (restricted.has(String(row[`${person}_id`]))) row[`${person}_name`] = WITHHELD
    }
  }
}

function derived(type: RaidType): CsvColumn<RaidRow>[] {
  const scores = scoring()
  const number = (row: RaidRow, name: string) => row[name] as number | null
  if (type === 'risk') {
    const current = (row: RaidRow) =>
      score(number(row, 'current_likelihood'), number(row, 'current_impact'))
    return [
      { header: 'Current score', value: current },
      { header: 'Band', value: (row) => labelOf(scores.bandOf(current(row))) },
    ]
  }
  if (type !== 'issue') return []
  return [
    {
      header: 'Priority',
      value: (row) =>
        (row.priority_override as string | null) ??
        scores.derivedPriority(number(row, 'severity'), number(row, 'urgency')),
    },
  ]
}

function labelOf(band: Band | null) {
  return band && bandLabels[band]
}

function shown(row: RaidRow, field: Field): string | number | null {
  if (field.kind === 'person' || field.kind === 'assignee') {
    const person = string.snakeCase(field.key.replace(/Id$/, ''))
    return (row[`${person}_name`] ?? row[`${person}_label`] ?? null) as string | null
  }
  const column = field.key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const value = row[column] as string | number | null | undefined
  if (value === null || value === undefined) return null
  return field.kind === 'choice' ? (field.choices?.[value] ?? String(value)) : value
}
