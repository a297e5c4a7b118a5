import type { Viewer } from '#identity/viewer'
import GateCondition from '#models/gate_condition'
import GateCriterion from '#models/gate_criterion'
import Gate from '#models/gate'
import Membership, { type PersonName } from '#models/membership'
import type Project from '#models/project'
import { IS_OPEN } from '#models/raid/transitions'
import RaidItem from '#models/raid_item'
import { settledTaskStatuses } from '#models/task/states'
import Task from '#models/task'

/** The fields by which an open entry waits for a member. */
export const ENTRY_FIELDS = ['ownerId', 'actioneeId', 'deciderId'] as const

/** Open entries that wait for a member, as owner, actionee or decider. */
export function entriesOf(project: Project, viewer: Viewer, memberId: string) {
  return RaidItem.visibleIn(project, viewer)
    .whereRaw(IS_OPEN)
    .where((waits) => {
      for (const field of ENTRY_FIELDS) waits.orWhere(field, memberId)
    })
    .orderBy('raid_items.id')
}

/** Open tasks of a member. Those that answer a condition go with it. */
export function tasksOf(project: Project, viewer: Viewer, memberId: string) {
  return Task.visibleIn(project, viewer)
    .where('assignee_id', memberId)
    .whereNotIn('tasks.status', settledTaskStatuses)
    .whereNull('gate_condition_id')
    .orderBy('tasks.id')
}

/** Criteria of gates, such as those that are still in the project's hands. */
export function criteriaAt(gates: { id: string }[]) {
  const ids = gates.map(({ id }) => id)
  return GateCriterion.query().whereIn('gate_id', ids).orderBy('id')
}

/** Conditions that a member has to meet yet. */
export function conditionsOf(project: Project, memberId: string) {
  return GateCondition.of(project).where({ owner_id: memberId, state: 'open' })
}

/** Everybody who has something open in a project as far as the viewer sees it, former members too, by name. */
export async function busyPeople(project: Project, viewer: Viewer): Promise<PersonName[]> {
  const entries = await RaidItem.visibleIn(project, viewer)
    .whereRaw(IS_OPEN)
    .distinct('owner_id', 'actionee_id', 'decider_id')
  const tasks = await Task.visibleIn(project, viewer)
    .whereNotIn('tasks.status', settledTaskStatuses)
    .distinct('assignee_id')
  const conditions = await GateCondition.of(project).where('state', 'open')
  const criteria = await criteriaAt(await unsubmittedGates(project))
  const names = await Membership.names([
    ...entries.flatMap((entry) => ENTRY_FIELDS.map((field) => entry[field])),
    ...tasks.map(({ assigneeId }) => assigneeId),
    ...[...conditions, ...criteria].map(({ ownerId }) => ownerId),
  ])
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name))
}

/** The gates of a project of which nothing was put before deciders. */
export async function unsubmittedGates(project: Project) {
  const gates = await Gate.of(project)
  return gates.filter((gate) => gate.isUnsubmitted).map((gate) => gate.refersTo(project))
}
