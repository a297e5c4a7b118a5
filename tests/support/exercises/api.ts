import WebhookEndpoint from '#models/webhook_endpoint'
import { answering, proposed } from '#tests/support/exercises/dependencies'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { Exercise } from '#tests/support/exercises'
import { reportExercises } from '#tests/support/exercises/reports'
import { addWebhook } from '#tests/support/webhooks'
import type { Scene } from '#tests/support/scene'

type Make = (scene: Scene) => Promise<Exercise>

const days = { days: 30 }

const HOOK = {
  name: 'Chat',
  url: 'https://chat.example.test/hook',
  events: ['raid_item.realised'],
}

/** Each write of the API, and what makes and ends its tokens. */
export const apiExercises: Record<string, Make> = {
  'profile.tokens.store': async (scene) => ({
    as: await scene.member(),
    body: { name: 'Script', scopes: ['raid:read'], ...days },
  }),
  'profile.tokens.destroy': async (scene) => {
    const { id, owner } = await scene.token()
    return { as: owner, params: { id } }
  },
  'settings.tokens.store': async () => ({
    as: 'owner',
    body: { name: 'Service desk', role: 'auditor', scopes: ['raid:read'], ...days },
  }),
  'settings.tokens.destroy': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.token()).id },
  }),
  'webhooks.store': async () => ({ as: 'owner', body: HOOK }),
  'webhooks.update': (scene) => onWebhook(scene, { ...HOOK, lock_version: 1 }),
  'webhooks.destroy': (scene) => onWebhook(scene, {}),
  'webhooks.secrets.store': (scene) => onWebhook(scene, {}),
  'webhooks.pauses.store': (scene) => onWebhook(scene, {}),
  'webhooks.pauses.destroy': async (scene) => {
    const { endpoint } = await addWebhook(scene.world)
    await scene.world.inside(async () => (await WebhookEndpoint.findById(endpoint.id)).pause())
    return { as: 'owner', params: { id: endpoint.id } }
  },
  'webhooks.tests.store': (scene) => onWebhook(scene, {}),
  'webhooks.redeliveries.store': async (scene) => {
    const { endpoint, told } = await addWebhook(scene.world)
    await told(endpoint, 'failed')
    return { as: 'owner', params: { id: endpoint.id } }
  },
  'webhooks.deliveries.update': async (scene) => {
    const { endpoint, told } = await addWebhook(scene.world)
    return { as: 'owner', params: { id: endpoint.id, delivery_id: await told(endpoint) } }
  },
  'api.projects.store': async (scene) => ({ as: 'pmo', body: await newProject(scene) }),
  'api.projects.update': async ({ project }) => {
    const [{ version }] = await sql(
      admin(),
      'select lock_version as version from projects where id = ?',
      [project.id]
    )
    return { as: 'manager', body: { name: `Quay ${version}`, lock_version: version } }
  },
  'api.raid_items.store': async () => ({
    as: 'team',
    body: { type: 'risk', nature: 'threat', title: 'Piling rig breaks down' },
  }),
  'api.raid_items.update': (scene) => onItem(scene, { title: 'Tide gate leaks badly' }),
  'api.raid_items.statuses.update': (scene) => onItem(scene, { status: 'treating' }),
  'api.raid_items.answers.update': async (scene) => answering(await proposed(scene)),
  'api.tasks.store': async ({ world }) => ({
    as: 'manager',
    body: { title: 'Order grease', assignee: (await world.person('manager')).membershipId },
  }),
  'api.tasks.update': (scene) => onTask(scene, { title: 'Order more grease' }),
  'api.tasks.statuses.update': (scene) => onTask(scene, { status: 'in_progress' }),
  'api.reports.store': reportExercises['status_reports.store'],
  'api.reports.update': async (scene) => {
    const exercise = await reportExercises['status_reports.update'](scene)
    const { lock_version: version } = exercise.body as { lock_version: number }
    return { ...exercise, body: { summary: 'All three piles stand', lock_version: version } }
  },
}

async function onWebhook(scene: Scene, body: Record<string, unknown>): Promise<Exercise> {
  const { endpoint } = await addWebhook(scene.world)
  return { as: 'owner', params: { id: endpoint.id }, body }
}

async function onItem(scene: Scene, body: Record<string, unknown>): Promise<Exercise> {
  const { id } = await scene.raise()
  return { as: 'manager', params: { id }, body: { lock_version: 1, ...body } }
}

async function onTask(scene: Scene, body: Record<string, unknown>): Promise<Exercise> {
  const { id } = await scene.task()
  return { as: 'manager', params: { id }, body: { lock_version: 1, ...body } }
}

async function newProject({ world }: Scene) {
  const manager = await world.person('manager')
  return {
    code: `A${Math.random().toString(36).slice(2, 9).toUpperCase()}`,
    name: 'New lock',
    visibility: 'members',
    manager_id: manager.membershipId,
  }
}
