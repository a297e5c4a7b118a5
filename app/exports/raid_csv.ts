import string from '@adonisjs/core/helpers/string'
import { inBatches, ROWS_PER_BATCH } from '#exports/batches'
import type { CsvColumn } from '#exports/csv_stream'
import { withholdNames } from '#exports/withheld'
import { statusLabel, type RaidType } from '#models/raid/enumerations'
import { fieldsOf, type Field } from '#models/raid/fields'
import { RaidList, type RaidRow } from '#models/raid/list'
import type { ListFilters } from '#models/raid/list_filters'
import { refOf } from '#models/raid/refs'
import { bandLabels, score, scoring, type Band } from '#models/raid/scoring'
import type { Tenant } from '#tenancy/tenancy'

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
      .map(columnOf),
    { header: 'Closed on', value: (row) => row.closed_on as string | null },
  ]
}

/** The rows of a list as it is filtered. */
export function raidLines(tenant: Tenant, filters: ListFilters, projectId: string | null) {
  return inBatches<RaidRow>(tenant, projectId, async (viewer, project, after) => {
    const list = new RaidList(viewer, filters, project).whole()
    const batch = await list.batch(after, ROWS_PER_BATCH)
    await withholdNames(batch.rows, viewer, ['owner', 'actionee', 'decider'])
    return batch
  })
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

function columnOf(field: Field): CsvColumn<RaidRow> {
  const { choices } = field
  return { header: field.label, value: (row) => shown(row, { ...field, choices }) }
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
