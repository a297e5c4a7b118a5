import type { Viewer } from '#identity/viewer'
import GateCondition from '#models/gate_condition'
import GateCriterion from '#models/gate_criterion'
import Gate from '#models/gate'
import Membership, { type PersonName } from '#models/membership'
import { byName } from '#models/text/names'
import type Project from '#models/project'
import { IS_OPEN } from '#models/raid/transitions'
import RaidItem from '#models/raid_item'
import { IS_OPEN_TASK } from '#models/task/states'
import Task from '#models/task'

/** The fields by which an open entry waits for a member. */
export const ENTRY_FIELDS = ['ownerId', 'actioneeId', 'deciderId'] as const

/** Open entries that wait for a member, as owner, actionee or decider. */
export function entriesOf(project: Project, viewer: Viewer, memberId: string) {
  return openEntries(project, viewer)
    .where((waits) => {
      for (const field of ENTRY_FIELDS) waits.orWhere(field, memberId)
    })
    .orderBy('raid_items.id')
}

/** Open tasks of a member. */
export function tasksOf(project: Project, viewer: Viewer, memberId: string) {
  return openTasks(project, viewer).where('assignee_id', memberId).orderBy('tasks.id')
}

/** Criteria of gates that are still with the project. */
export function criteriaAt(gates: { id: string }[]) {
  const ids = gates.map(({ id }) => id)
  return GateCriterion.query().whereIn('gate_id', ids).orderBy('id')
}

/** Conditions that a member has yet to meet. */
export function conditionsOf(project: Project, memberId: string) {
  return openConditions(project).where('owner_id', memberId)
}

/** How much of each kind is open and waits for someone, or was handed over. */
export type Load = Record<'entries' | 'tasks' | 'criteria' | 'conditions', number>

/** Everyone with something open in a project as far as the viewer sees it, including former members, by name. */
export async function busyPeople(project: Project, viewer: Viewer): Promise<(PersonName & Load)[]> {
  const entries = await openEntries(project, viewer).select('owner_id', 'actionee_id', 'decider_id')
  const tasks = await openTasks(project, viewer).select('assignee_id')
  const held: Record<keyof Load, (string | null)[]> = {
    entries: entries.flatMap((entry) => [...new Set(ENTRY_FIELDS.map((field) => entry[field]))]),
    tasks: tasks.map(({ assigneeId }) => assigneeId),
    criteria: (await criteriaAt(await unsubmittedGates(project))).map(({ ownerId }) => ownerId),
    conditions: (await openConditions(project)).map(({ ownerId }) => ownerId),
  }
  const names = await Membership.names(Object.values(held).flat())
  const counts = Object.entries(held).map(
    ([kind, ids]) => [kind, Map.groupBy(ids, (id) => id)] as const
  )
  return byName([...names].map(([id, name]) => ({ id, name, ...loadOf(id, counts) })))
}

function loadOf(id: string, counts: (readonly [string, Map<string | null, unknown[]>])[]) {
  return Object.fromEntries(counts.map(([kind, held]) => [kind, held.get(id)?.length ?? 0])) as Load
}

function openEntries(project: Project, viewer: Viewer) {
  return RaidItem.visibleIn(project, viewer).whereRaw(IS_OPEN)
}

/** Tasks of a condition pass on with it. */
function openTasks(project: Project, viewer: Viewer) {
  return Task.visibleIn(project, viewer).whereRaw(IS_OPEN_TASK).whereNull('gate_condition_id')
}

function openConditions(project: Project) {
  return GateCondition.of(project).where('state', 'open')
}

/** The gates of a project that have not been submitted to deciders. */
export async function unsubmittedGates(project: Project) {
  const gates = await Gate.of(project)
  return gates.filter((gate) => gate.isUnsubmitted).map((gate) => gate.refersTo(project))
}
