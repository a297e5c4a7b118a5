import { allowedColumns } from '#assistant/allowed_columns'
import type { Viewer } from '#identity/viewer'
import { conditionRef } from '#models/condition/refs'
import { gateRef } from '#models/gate'
import type Project from '#models/project'
import { IS_OPEN } from '#models/raid/home'
import { refOf } from '#models/raid/refs'
import { visibleItems } from '#models/raid/visibility'
import { taskRef } from '#models/task'
import { visibleTasks } from '#models/task/visibility'
import { Conditions } from '#tenancy/conditions'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type SourceRow = { id: string; [column: string]: unknown }

export type SourceTable =
  'gates' | 'gate_criteria' | 'gate_conditions' | 'raid_items' | 'tasks' | 'project_members'

/** One kind of record that questions may be about. */
export type Source = {
  table: SourceTable
  kind: (row: SourceRow) => string
  /** What people call the record; null where it has no name of its own. */
  ref: (project: Project, row: SourceRow) => string | null
  /** Sent as they are, but for the people named in them. */
  fields: string[]
  /** Sent as the word that stands for the person, under another name. */
  people: Record<string, string>
  /** Narrows to what the asker may see, and to what matters. */
  narrow: (conditions: Conditions, project: Project, viewer: Viewer) => void
  order: string
  most: number
}

/** What is kept to named people is never sent, whoever asks; tasks that answer it neither. */
const NAMED = `raid_items.sensitivity = 'named_people'`
const ANSWERS_NAMED = `exists (select from raid_items
  where raid_items.organisation_id = tasks.organisation_id
    and raid_items.id = tasks.raid_item_id and ${NAMED})`

/** What a ref is made of. */
const NAMING: Partial<Record<SourceTable, string[]>> = {
  gates: ['number'],
  gate_conditions: ['number'],
  raid_items: ['type', 'number'],
  tasks: ['number'],
}

export const sources: Source[] = [
  source({
    table: 'gates',
    kind: () => 'gate',
    ref: ({ code }, row) => gateRef(code, Number(row.number)),
    fields: [
      'name',
      'purpose',
      'status',
      'baseline_on',
      'baseline_reason',
      'forecast_on',
      'actual_on',
    ],
    order: 'gates.position',
    most: 30,
  }),
  source({
    table: 'gate_criteria',
    kind: () => 'gate criterion',
    fields: ['gate_id', 'title', 'weight', 'assessment', 'note', 'waiver_state', 'waiver_reason'],
    people: { owner_id: 'owner' },
    order: 'gate_criteria.gate_id, gate_criteria.position',
    most: 200,
  }),
  source({
    table: 'gate_conditions',
    kind: () => 'condition of an approval',
    ref: ({ code }, row) => conditionRef(code, Number(row.number)),
    fields: ['gate_id', 'text', 'kind', 'due_on', 'state', 'claim', 'answer'],
    people: { owner_id: 'owner' },
    order: 'gate_conditions.due_on, gate_conditions.id',
    most: 100,
  }),
  source({
    table: 'raid_items',
    kind: ({ type }) => String(type),
    ref: ({ code }, row) => refOf(code, row as never),
    fields: [
      ...['title', 'status', 'description', 'cause', 'event', 'effect', 'category', 'nature'],
      ...['inherent_likelihood', 'inherent_impact', 'current_likelihood', 'current_impact'],
      ...['target_likelihood', 'target_impact', 'proximity', 'trigger_on', 'response'],
      ...['response_plan', 'impact_if_false', 'confidence', 'validation_method', 'issue_kind'],
      ...['severity', 'urgency', 'priority_override', 'priority_reason', 'resolution'],
      ...['direction', 'counterpart_kind', 'counterpart_name', 'promised_on', 'options'],
      ...['rationale', 'decided_on', 'raised_on', 'due_on', 'next_review_on', 'closed_on'],
      'escalation',
    ],
    people: {
      owner_id: 'owner',
      actionee_id: 'actionee',
      actionee_external_id: 'actionee_outside',
      counterpart_member_id: 'counterpart',
      counterpart_external_id: 'counterpart_outside',
      decider_id: 'decider',
      accepted_by: 'accepted_by',
    },
    narrow: (conditions, project, viewer) => {
      const [text, values] = visibleItems(viewer, project)
      conditions.add(text, ...values).add(`not (${NAMED})`)
    },
    order: `(${IS_OPEN}) desc, raid_items.updated_at desc, raid_items.id`,
    most: 200,
  }),
  source({
    table: 'tasks',
    kind: () => 'task',
    ref: ({ code }, row) => taskRef(code, Number(row.number)),
    fields: ['title', 'description', 'status', 'blocked_reason', 'priority', 'start_on', 'due_on'],
    people: { assignee_id: 'assignee', external_resource_id: 'assignee_outside' },
    narrow: (conditions, project, viewer) => {
      const [text, values] = visibleTasks(viewer, project)
      conditions.add(text, ...values).add(`not ${ANSWERS_NAMED}`)
      conditions.add(`tasks.status not in ('done', 'cancelled')`)
    },
    order: 'tasks.due_on nulls last, tasks.id',
    most: 150,
  }),
  source({
    table: 'project_members',
    kind: () => 'role in the project',
    fields: ['role'],
    people: { membership_id: 'person' },
    order: 'project_members.role, project_members.id',
    most: 100,
  }),
]

/** What the project itself tells. */
export const projectFields = allowedColumns('projects', [
  ...(['name', 'description', 'status', 'baseline_start_on', 'baseline_end_on'] as const),
  ...(['forecast_start_on', 'forecast_end_on'] as const),
])

/** The rows of a source, one more than are sent if there are more; `more` narrows them further. */
export function rowsOf(
  from: Source,
  project: Project,
  viewer: Viewer,
  more?: (conditions: Conditions) => unknown
): Promise<SourceRow[]> {
  const { trx, organisationId } = Tenancy.current()
  const { table, narrow, order, most } = from
  const conditions = new Conditions()
  conditions.add(`${table}.organisation_id = ?`, organisationId)
  conditions.add(`${table}.project_id = ?`, project.id)
  narrow(conditions, project, viewer)
  more?.(conditions)
  const columns = allowedColumns(table, columnsOf(from)).map((column) => `${table}.${column}`)
  return sql(
    trx,
    `select ${columns.join(', ')} from ${table} where ${conditions.text} order by ${order} limit ?`,
    [...conditions.values, most + 1]
  )
}

function columnsOf({ table, fields, people }: Source) {
  return ['id', ...(NAMING[table] ?? []), ...fields, ...Object.keys(people)]
}

type Told = Pick<Source, 'table' | 'kind' | 'fields' | 'order' | 'most'> & Partial<Source>

/** Refuses, when it is loaded, what the inventory keeps from the assistant. */
function source(told: Told): Source {
  const complete: Source = { ref: () => null, people: {}, narrow: () => {}, ...told }
  allowedColumns(complete.table, columnsOf(complete))
  return complete
}
