import type { Viewer } from '#identity/viewer'
import { conditionOwners } from '#models/condition/owners'
import { handOver } from '#models/condition/steps'
import { holdOpen } from '#models/gate/assessing'
import { offerOwnership } from '#models/gate/ownership'
import {
  conditionsOf,
  criteriaAt,
  ENTRY_FIELDS,
  entriesOf,
  tasksOf,
  unsubmittedGates,
  type Load,
} from '#models/handover/work'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { refuse } from '#models/violation'

type Handover = { project: Project; viewer: Viewer; from: string; to: string }

/** How much of each kind was handed over; `kept` are conditions that the new owner may not have. */
export type HandedOver = Load & { kept: number }

/**
 * Gives everything in a project that waits for one member to another: what is open, and what the viewer may see and
 * change. Each record logs it like any change, and the project logs the whole.
 */
export async function handOverWork(handover: Handover): Promise<HandedOver> {
  const { project, from, to } = handover
  const done = {
    entries: await handOverEntries(handover),
    tasks: await handOverTasks(handover),
    criteria: await handOverCriteria(handover),
    ...(await handOverConditions(handover)),
  }
  const { kept, ...moved } = done
  if (Object.values(moved).every((count) => count === 0)) {
    refuse('from', kept ? CONDITIONS_ONLY : 'This person has no open work in this project')
  }
  const values = Object.entries(moved)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => [`handed_${kind}`, { after: count }])
  await project.touch('project.work_handed_over', {
    handed_over: { before: from, after: to },
    ...Object.fromEntries(values),
  })
  return done
}

const CONDITIONS_ONLY = 'This person has only conditions open. Ask the PMO to hand these over'

async function handOverEntries({ project, viewer, from, to }: Handover) {
  const items = await entriesOf(project, viewer, from).forUpdate()
  for (const item of items) {
    item.refersTo(project)
    for (const field of ENTRY_FIELDS) if (item[field] === from) item[field] = to
  }
  await RaidItem.saveMany(items, 'raid_item.updated')
  return items.length
}

async function handOverTasks({ project, viewer, from, to }: Handover) {
  const tasks = await tasksOf(project, viewer, from).forUpdate()
  for (const task of tasks) task.refersTo(project).take({ assigneeId: to })
  await Task.saveMany(tasks, 'task.updated')
  return tasks.length
}

async function handOverCriteria({ project, from, to }: Handover) {
  const gates = await unsubmittedGates(project)
  const criteria = await criteriaAt(gates).where('owner_id', from)
  for (const gate of gates) {
    const theirs = criteria.filter(({ gateId }) => gateId === gate.id)
    if (theirs.length > 0) await holdOpen(gate, 'from')
    for (const criterion of theirs) {
      const owner = await offerOwnership(project, gate, criterion, to)
      criterion.ownerId = to
      await criterion.refersTo(gate).saveRevision()
      await owner.tell()
    }
  }
  return criteria.length
}

/** Who has to meet a condition is up to the deciders and the PMO, among those who work on the project. */
async function handOverConditions({ project, viewer, from, to }: Handover) {
  const conditions = await conditionsOf(project, from)
  const owners = conditions.length > 0 ? await conditionOwners(project) : []
  const mayHave = owners.some(({ id }) => id === to)
  if (!mayHave || !viewer.can('gate.condition.verify.any', project)) {
    return { conditions: 0, kept: conditions.length }
  }
  for (const condition of conditions) {
    await handOver(project, condition.refersTo(project), to, condition.lockVersion)
  }
  return { conditions: conditions.length, kept: 0 }
}
