import { allowedColumns } from '#assistant/allowed_columns'
import { source, type Source } from '#assistant/source'
import { conditionRef } from '#models/condition/refs'
import { gateRef } from '#models/gate/refs'
import { refOf } from '#models/raid/refs'
import { IS_OPEN } from '#models/raid/transitions'
import { SHARED } from '#models/report/record/raid'
import { IS_SHARED } from '#models/report/record/tasks'
import { visibleItems } from '#models/raid/visibility'
import { taskRef } from '#models/task/refs'
import { IS_OPEN_TASK } from '#models/task/states'
import { visibleTasks } from '#models/task/visibility'
import type { Conditions } from '#tenancy/conditions'

/** Records kept to named people are never sent, whoever asks, nor are the tasks that answer them. */
export const NAMED = `raid_items.sensitivity = 'named_people'`
const ANSWERS_NAMED = `exists (select from raid_items
  where raid_items.organisation_id = tasks.organisation_id
    and raid_items.id = tasks.raid_item_id and ${NAMED})`

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
      'title',
      'status',
      'description',
      'cause',
      'event',
      'effect',
      'category',
      'nature',
      'inherent_likelihood',
      'inherent_impact',
      'current_likelihood',
      'current_impact',
      'target_likelihood',
      'target_impact',
      'proximity',
      'trigger_on',
      'response',
      'response_plan',
      'impact_if_false',
      'confidence',
      'validation_method',
      'issue_kind',
      'severity',
      'urgency',
      'priority_override',
      'priority_reason',
      'resolution',
      'direction',
      'counterpart_kind',
      'counterpart_name',
      'promised_on',
      'options',
      'rationale',
      'decided_on',
      'raised_on',
      'due_on',
      'next_review_on',
      'closed_on',
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
      conditions.meet(visibleItems(viewer, project)).add(`not (${NAMED})`)
    },
    shared: SHARED,
    order: `(${IS_OPEN}) desc, raid_items.updated_at desc, raid_items.id`,
    most: 200,
  }),
  tasks(['description', 'blocked_reason'], {
    narrow: (conditions) => conditions.add(IS_OPEN_TASK),
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

/** The tasks that were done since a day. */
export function doneSince(on: string) {
  return tasks(['completed_on'], {
    narrow: (conditions) => conditions.add(`tasks.status = 'done' and tasks.completed_on >= ?`, on),
    order: 'tasks.completed_on desc, tasks.id',
    most: 100,
  })
}

/** What the project itself says. */
export const projectFields = allowedColumns('projects', [
  ...(['name', 'description', 'status', 'baseline_start_on', 'baseline_end_on'] as const),
  ...(['forecast_start_on', 'forecast_end_on'] as const),
])

function tasks(
  fields: string[],
  { narrow, order, most }: Pick<Source, 'order' | 'most'> & { narrow: (to: Conditions) => void }
) {
  return source({
    table: 'tasks',
    kind: () => 'task',
    ref: ({ code }, row) => taskRef(code, Number(row.number)),
    fields: ['title', 'status', 'priority', 'start_on', 'due_on', ...fields],
    people: { assignee_id: 'assignee', external_resource_id: 'assignee_outside' },
    narrow: (conditions, project, viewer) => {
      conditions.meet(visibleTasks(viewer, project)).add(`not ${ANSWERS_NAMED}`)
      narrow(conditions)
    },
    shared: IS_SHARED,
    order,
    most,
  })
}
