import { randomUUID } from 'node:crypto'
import type { ApiClient } from '@japa/api-client'
import ExternalResource from '#models/external_resource'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { openedMails } from '#tests/support/sealed'
import type { Exercise } from '#tests/support/exercises'
import type { PlatformExercise } from '#tests/support/exercises/platform'
import { addLinkedTask } from '#tests/support/populated/externals'
import type { Scene } from '#tests/support/scene'
import { World } from '#tests/support/world'

/** How to make each audited route about people outside succeed once. */
export const externalExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'externals.store': async () => ({
    as: 'admin',
    body: { name: 'A surveyor', email: address() },
  }),
  'externals.update': async (scene) => ({
    as: 'admin',
    params: { id: (await outsider(scene)).id },
    body: { name: 'Another surveyor', email: address(), lock_version: '1' },
  }),
  'externals.archives.store': async (scene) => ({
    as: 'owner',
    params: { id: (await outsider(scene)).id },
  }),
  'externals.invitations.store': async (scene) => ({
    as: 'admin',
    params: { id: (await outsider(scene)).id },
    body: { role: 'member', in_projects: '1' },
  }),
  'externals.archives.destroy': async (scene) => {
    const person = await outsider(scene)
    await scene.world.inside(async () => (await ExternalResource.findById(person.id)).archive())
    return { as: 'owner', params: { id: person.id } }
  },
}

export const taskLinkExercises: typeof externalExercises = {
  'tasks.links.store': onLinkedTask,
  'tasks.links.destroy': onLinkedTask,
}

/** How the holder of a link makes each of its routes succeed once. */
export const linkHolderExercises: Record<string, PlatformExercise> = {
  'linked_tasks.comments.store': async (client) => {
    const { world, token } = await linkedTask()
    await client.post(`/task/${token}/comments`).form({ body: 'At low water' })
    return { organisationId: world.organisationId }
  },
  'linked_tasks.attachments.store': async (client) => {
    const { world, token } = await linkedTask()
    await handIn(client, token, 'survey.txt', 'At low water')
    return { organisationId: world.organisationId }
  },
  'linked_tasks.attachments.destroy': async (client) => {
    const { world, token } = await linkedTask()
    await handIn(client, token, 'survey.txt', 'At low water')
    const [{ id }] = await sql(
      admin(),
      'select id from task_attachments where organisation_id = ?',
      [world.organisationId]
    )
    await client.post(`/task/${token}/attachments/${id}?_method=DELETE`)
    return { organisationId: world.organisationId }
  },
  'linked_tasks.statuses.update': async (client) => {
    const { world, token } = await linkedTask()
    await client
      .post(`/task/${token}/status?_method=PUT`)
      .form({ status: 'done', lock_version: '1' })
    return { organisationId: world.organisationId }
  },
}

/** A new organisation with a task of a person outside, and the token that was mailed to them. */
export async function linkedTask(name?: string) {
  const world = await World.create(name)
  const project = await world.project()
  const { person, task } = await addLinkedTask(world, project)
  return { world, project, person, task, token: await tokenSentTo(person.email!) }
}

/** Hands a file in for the task of a link. */
export function handIn(
  client: ApiClient,
  token: string,
  filename: string,
  content: string | Buffer
) {
  return client
    .post(`/task/${token}/attachments`)
    .file('file', Buffer.from(content as any), { filename })
}

/** The token of the last link that was mailed to an address. */
export async function tokenSentTo(email: string): Promise<string> {
  const [{ text_body: text }] = await openedMails(
    `select text_body from email_outbox where email = ? and template = 'task_link' order by id desc`,
    [email]
  )
  return text.match(/\/task\/([\w-]{43})/)[1]
}

async function onLinkedTask({ world, project }: Scene): Promise<Exercise> {
  const { task } = await addLinkedTask(world, project)
  return { as: 'manager', params: { id: task.id } }
}

/** A person outside whom nothing else uses. */
function outsider({ world }: Scene) {
  return world.inside(() =>
    ExternalResource.add({ name: 'A surveyor', email: address() }, { name: 'An admin' })
  )
}

function address() {
  return `surveyor-${randomUUID()}@example.test`
}
