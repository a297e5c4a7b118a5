import { DateTime } from 'luxon'
import { lineOf } from '#mails/headers'
import { outsideLink } from '#mails/links'
import { queueMail, type NewMail } from '#mails/outbox'
import { newToken } from '#models/invitation/token'
import { createMany, saveMany } from '#models/saving/many'
import Membership from '#models/membership'
import Organisation from '#models/organisation'
import { projectsOf } from '#models/project/of_records'
import type Task from '#models/task'
import TaskLink from '#models/task_link'
import Tenancy from '#tenancy/tenancy'

const DAYS = 30

/** A person outside whose address we store. */
export type Addressee = { id: string; email: string }

type Sent = { task: Task; link: TaskLink; token: string }

/**
 * Mails someone outside the links to their tasks, in one mail; earlier ones stop working. Expects the tasks to be
 * locked.
 */
export async function sendLinks(tasks: Task[], person: Addressee) {
  if (tasks.length === 0) return
  const known = await presentLinks(tasks, person)
  const sent = tasks.map((task) => renew(known.get(task.id) ?? new TaskLink(), task, person))
  const links = sent.map(({ link }) => link)
  await createMany(
    links.filter(({ $isPersisted }) => !$isPersisted),
    'task_link.sent'
  )
  await saveMany(
    links.filter(({ $isPersisted }) => $isPersisted),
    'task_link.sent'
  )
  await mail(sent, person)
}

async function presentLinks(tasks: Task[], person: Addressee) {
  const ids = tasks.map(({ id }) => id)
  const links = await TaskLink.query()
    .where('external_resource_id', person.id)
    .whereIn('task_id', ids)
  return new Map(links.map((link) => [link.taskId, link]))
}

function renew(link: TaskLink, task: Task, person: Addressee): Sent {
  const { token, digest } = newToken()
  link.refersTo(task).merge({
    taskId: task.id,
    externalResourceId: person.id,
    digest,
    deliveries: (link.deliveries ?? 0) + 1,
    sentBy: Tenancy.current().membershipId,
    sentAt: DateTime.utc(),
    expiresAt: DateTime.utc().plus({ days: DAYS }),
    endedAt: task.isSettled ? (link.endedAt ?? DateTime.utc()) : null,
    revokedAt: null,
  })
  return { task, link, token }
}

async function mail(sent: Sent[], person: Addressee) {
  const projects = await projectsOf(sent.map(({ task }) => task))
  const { name: organisation } = await Organisation.current()
  const [{ link }] = sent
  const names = await Membership.names([link.sentBy])
  const common = {
    organisation,
    asker: names.get(link.sentBy ?? '') ?? organisation,
    expiresAt: link.expiresAt,
    requests: outsideLink('/privacy/requests/create'),
  }
  const tasks = sent.map(({ task, token }) => ({
    project: lineOf(projects.get(task.projectId)!.name),
    title: lineOf(task.title),
    dueOn: task.dueOn,
    path: `/task/${token}`,
  }))
  const to = { email: person.email }
  const key = `task_link:${link.id}:${link.deliveries}`
  const mails: NewMail =
    tasks.length === 1
      ? { template: 'task_link', to, data: { ...common, ...tasks[0] }, key }
      : { template: 'task_links', to, data: { ...common, tasks: tasks.map(withUrl) }, key }
  await queueMail(mails)
}

function withUrl({
  path,
  ...task
}: {
  path: string
  project: string
  title: string
  dueOn: string | null
}) {
  return { ...task, url: outsideLink(path) }
}
