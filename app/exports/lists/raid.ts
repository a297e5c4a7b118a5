import { inBatches, ROWS_PER_BATCH } from '#exports/batches'
import type { Column, ColumnKind, ExportedList } from '#exports/list'
import { withholdNames } from '#exports/withheld'
import {
  dependencyAnswers,
  statusLabel,
  type DependencyAnswer,
  type RaidType,
  type Side,
} from '#models/raid/enumerations'
import { fieldsOf, type Field } from '#models/raid/fields'
import { RaidList, type RaidRow } from '#models/raid/list'
import type { ListFilters } from '#models/raid/list_filters'
import { refOf } from '#models/raid/refs'
import { columnKey, shownIn, storedIn } from '#models/raid/shown'
import { bandLabels, score, scoring, type Band } from '#models/raid/scoring'
import type { Tenant } from '#tenancy/entry'
import type Project from '#models/project'

/**
 * The columns of an export of one type: its ref, status and every field, with people by name. Built while the
 * organisation is at work, because they keep its scoring for when the rows are read.
 */
export function raidColumns(type: RaidType): Column<RaidRow>[] {
  return [
    { key: 'ref', header: 'Ref', value: (row) => refOf(row.project_code, row) },
    { key: 'project', header: 'Project', value: (row) => row.project_name },
    { key: 'programme', header: 'Programme', value: (row) => row.programme_code as string | null },
    {
      key: 'status',
      header: 'Status',
      value: (row) => statusLabel(row.type, row.status),
      code: ({ status }) => status,
    },
    ...derived(type),
    ...fieldsOf(type)
      .filter((field) => field.kind !== 'people' && field.kind !== 'project')
      .map(columnOf),
    {
      key: 'closed_on',
      header: 'Closed on',
      kind: 'date',
      value: (row) => row.closed_on as string | null,
    },
    { key: 'version', header: 'Version', kind: 'number', value: (row) => row.lock_version },
  ]
}

/** A filtered list of entries of one type, from one project or all visible ones. */
export function raidList(
  tenant: Tenant,
  filters: ListFilters,
  project: Project | undefined
): ExportedList<RaidRow> {
  return {
    kind: filters.type,
    name: [project?.code, filters.type].filter(Boolean).join('-'),
    columns: raidColumns(filters.type),
    batches: raidLines(tenant, filters, project?.id ?? null),
  }
}

function raidLines(tenant: Tenant, filters: ListFilters, projectId: string | null) {
  return inBatches<RaidRow>(tenant, projectId, async (viewer, project, after) => {
    const list = new RaidList(viewer, filters, project).whole()
    const batch = await list.batch(after, ROWS_PER_BATCH)
    await withholdNames(batch.rows, viewer, ['owner', 'actionee', 'decider'])
    return batch
  })
}

function derived(type: RaidType): Column<RaidRow>[] {
  const scores = scoring()
  const number = (row: RaidRow, name: string) => row[name] as number | null
  if (type === 'risk') {
    const current = (row: RaidRow) =>
      score(number(row, 'current_likelihood'), number(row, 'current_impact'))
    const band = (row: RaidRow) => scores.bandOf(current(row))
    return [
      { key: 'current_score', header: 'Current score', kind: 'number', value: current },
      { key: 'band', header: 'Band', value: (row) => labelOf(band(row)), code: band },
    ]
  }
  if (type === 'dependency') return SIDES
  if (type !== 'issue') return []
  return [
    {
      key: 'priority',
      header: 'Priority',
      value: (row) =>
        (row.priority_override as string | null) ??
        scores.derivedPriority(number(row, 'severity'), number(row, 'urgency')),
    },
  ]
}

const answerOf = (side: Side) => (row: RaidRow) => {
  const answer = row[`${side}_answer`] as DependencyAnswer | null
  return answer && dependencyAnswers[answer]
}

/** The other project of a dependency, if the reader may know it, and what both sides say. */
const SIDES: Column<RaidRow>[] = [
  {
    key: 'counterpart_project',
    header: 'Counterpart project',
    value: (row) => row.counterpart_project as string | null,
  },
  {
    key: 'home_answer',
    header: 'Answer of the project',
    value: answerOf('home'),
    code: (row) => row.home_answer as string | null,
  },
  {
    key: 'counterpart_answer',
    header: 'Answer of the counterpart',
    value: answerOf('counterpart'),
    code: (row) => row.counterpart_answer as string | null,
  },
]

function labelOf(band: Band | null) {
  return band && bandLabels[band]
}

const KINDS: Partial<Record<Field['kind'], ColumnKind>> = {
  text: 'text',
  date: 'date',
  scale: 'number',
}

function columnOf(field: Field): Column<RaidRow> {
  const { choices } = field
  return {
    key: columnKey(field),
    header: field.label,
    kind: KINDS[field.kind] ?? 'line',
    value: (row) => shownIn(row, { ...field, choices }),
    code: (row) => storedIn(row, field),
  }
}
