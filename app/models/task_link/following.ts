import { DateTime } from 'luxon'
import { addressOf } from '#models/external_resource/addresses'
import { saveMany } from '#models/saving/many'
import type Task from '#models/task'
import TaskLink from '#models/task_link'
import { sendLinks } from '#models/task_link/sending'
import Tenancy from '#tenancy/tenancy'

/** The changes of a save that concern a task's links. */
export type TaskChange = { task: Task; isHandedOver: boolean; isMoved: boolean }

/** The part of an unsaved change that concerns people outside. */
export function outsideChange(task: Task): TaskChange {
  const isOutside = Boolean(task.externalResourceId ?? task.$original.externalResourceId)
  return {
    task,
    isHandedOver: isOutside && 'externalResourceId' in task.$dirty,
    isMoved: isOutside && 'status' in task.$dirty,
  }
}

/** Updates links after a save: they are sent to a task's new assignee, and end with the task. */
export async function followTasks(changes: TaskChange[]) {
  const handedOver = changes.filter(({ isHandedOver }) => isHandedOver).map(({ task }) => task)
  const moved = changes.filter((change) => change.isMoved && !change.isHandedOver)
  await closeOthers(handedOver)
  await sendToNewcomers(handedOver)
  await followEnds(moved.map(({ task }) => task))
}

/** A task assigned to someone else no longer concerns the former person. */
async function closeOthers(tasks: Task[]) {
  const links = await linksOf(tasks)
  const others = links.filter(
    ({ link, task }) => !link.revokedAt && link.externalResourceId !== task.externalResourceId
  )
  for (const { link } of others) link.revokedAt = DateTime.utc()
  await saveMany(
    others.map(({ link }) => link),
    'task_link.revoked'
  )
}

/** Only a member asks for work: tasks that the software itself assigns, as on an import, are not mailed. */
async function sendToNewcomers(tasks: Task[]) {
  if (!Tenancy.current().membershipId) return
  const open = tasks.filter((task) => task.externalResourceId !== null && !task.isSettled)
  for (const [id, theirs] of Map.groupBy(open, (task) => task.externalResourceId!)) {
    const email = await addressOf(id)
    if (email) await sendLinks(theirs, { id, email })
  }
}

/** Records when tasks ended; from then on their links work for a few more days only. */
async function followEnds(tasks: Task[]) {
  const links = await linksOf(tasks)
  const own = links.filter(({ link, task }) => link.externalResourceId === task.externalResourceId)
  for (const { link, task } of own) {
    link.endedAt = task.isSettled ? (link.endedAt ?? DateTime.utc()) : null
  }
  await saveMany(own.map(({ link }) => link))
}

async function linksOf(tasks: Task[]) {
  if (tasks.length === 0) return []
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const links = await TaskLink.query()
    .whereIn('task_id', [...byId.keys()])
    .orderBy('id')
  return links.map((link) => {
    const task = byId.get(link.taskId)!
    return { task, link: link.refersTo(task) }
  })
}
