import { keepMapping } from '#tests/support/imports'
import { randomUUID } from 'node:crypto'
import type { ApiClient } from '@japa/api-client'
import Invitation from '#models/invitation'
import type { Role } from '#policies/permissions'
import { demoPeople } from '#database/demo/people'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { privacyExercises } from '#tests/support/exercises/privacy'
import { accountExercises } from '#tests/support/exercises/account'
import { apiExercises } from '#tests/support/exercises/api'
import { assistantExercises } from '#tests/support/exercises/assistant'
import { assistantKindExercises } from '#tests/support/exercises/assistant_kinds'
import { decidingExercises } from '#tests/support/exercises/deciding'
import { roundExercises } from '#tests/support/exercises/rounds'
import { exportExercises } from '#tests/support/exercises/exports'
import { reportExercises } from '#tests/support/exercises/reports'
import { calendarExercises } from '#tests/support/exercises/calendar'
import { notificationExercises } from '#tests/support/exercises/notifications'
import { healthExercises } from '#tests/support/exercises/health'
import { portfolioExercises } from '#tests/support/exercises/portfolio'
import { dependencyExercises } from '#tests/support/exercises/dependencies'
import { escalationExercises } from '#tests/support/exercises/escalations'
import { lifecycleExercises } from '#tests/support/exercises/lifecycles'
import { gateExercises } from '#tests/support/exercises/gates'
import { setupExercises } from '#tests/support/exercises/setup'
import { settingsExercises } from '#tests/support/exercises/settings'
import { taskExercises } from '#tests/support/exercises/tasks'
import {
  externalExercises,
  linkHolderExercises,
  taskLinkExercises,
} from '#tests/support/exercises/externals'
import type { Scene } from '#tests/support/scene'
import { Visitor } from '#tests/support/visitor'
import { World, type Account, type Person } from '#tests/support/world'

/** One request that succeeds. */
export type Exercise = {
  /** A role, or somebody of their own where the request changes what they may do. */
  as: Role | Person
  params?: Record<string, string>
  body?: Record<string, unknown>
}

/** Whoever makes the request. */
export function performer({ world }: Scene, { as }: Exercise): Promise<Person> {
  return typeof as === 'string' ? world.person(as) : Promise.resolve(as)
}

/** How to make each audited route of a member succeed once. Each call prepares rows of its own. */
export const exercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'audit.project.export': async () => ({ as: 'pmo' }),
  'audit.organisation.export': async () => ({ as: 'owner' }),
  'audit.organisation.bundle': async () => ({ as: 'auditor' }),
  'audit.organisation.verifications.store': async ({ world }) => {
    // While one is under way, no other is asked for.
    await sql(
      admin(),
      `update audit_verifications set status = 'clean' where organisation_id = ?`,
      [world.organisationId]
    )
    return { as: 'auditor' }
  },
  ...exportExercises,
  ...notificationExercises,
  'projects.store': async (scene) => ({ as: 'pmo', body: await newProject(scene) }),
  'projects.update': async (scene) => ({
    as: 'manager',
    body: {
      ...(await newProject(scene)),
      lock_version: await versionOf('projects', scene.project.id),
    },
  }),
  'raid_items.store': async () => ({
    as: 'team',
    body: { type: 'risk', nature: 'threat', title: 'Piling rig breaks down' },
  }),
  'raid_items.update': (scene) =>
    onItem(scene, 'manager', { nature: 'threat', title: 'Tide gate leaks badly' }),
  'raid_items.statuses.update': (scene) => onItem(scene, 'manager', { status: 'treating' }),
  'raid_items.rows.update': (scene) =>
    onItem(scene, 'manager', { status: 'treating', owner_id: '' }),
  'raid_items.conversions.store': (scene) => onItem(scene, 'manager', {}),
  'raid_items.acceptances.store': (scene) => onItem(scene, 'sponsor', {}),
  'members.roles.update': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.member()).membershipId },
    body: { role: 'pmo' },
  }),
  'members.deactivations.store': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.member()).membershipId },
  }),
  'members.deactivations.destroy': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.member('deactivated')).membershipId },
  }),
  'members.ownerships.store': async (scene) => ({
    as: await scene.member('owner'),
    params: { id: (await scene.member()).membershipId },
  }),
  'departures.store': async (scene) => ({ as: await scene.member() }),
  'project_members.store': async (scene) => ({
    as: 'manager',
    body: { membership_id: (await scene.member()).membershipId, role: 'team' },
  }),
  'project_members.destroy': async (scene) => ({
    as: 'manager',
    params: { id: (await scene.grant()).id },
  }),
  'invitations.store': async () => ({
    as: 'owner',
    body: { emails: `someone-${randomUUID()}@example.test`, role: 'member' },
  }),
  'invitations.update': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.invite()).id },
  }),
  'invitations.destroy': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.invite()).id },
  }),
  ...dependencyExercises,
  ...escalationExercises,
  ...settingsExercises,
  ...externalExercises,
  ...taskLinkExercises,
  'imports.store': async () => ({
    as: 'manager',
    body: { file: Buffer.from('Risk,Status\nLate crane,Open') },
  }),
  'import_mappings.store': async (scene) => {
    const { id } = await scene.bring('draft')
    const body = { name: `Log ${Math.random()}`, table: 'log!1' }
    return { as: 'manager', params: { id }, body }
  },
  'import_mappings.update': async ({ world }) => {
    const { id } = await keepMapping(world, await world.person('manager'))
    return {
      as: 'manager',
      params: { id },
      body: { name: `Log ${Math.random()}`, lock_version: 1 },
    }
  },
  'import_mappings.destroy': async ({ world }) => {
    const { id } = await keepMapping(world, await world.person('manager'))
    return { as: 'manager', params: { id } }
  },
  'imports.applications.store': async (scene) => {
    const { id } = await scene.bring('draft')
    const mapping = await keepMapping(scene.world, await scene.world.person('manager'))
    return { as: 'manager', params: { id }, body: { mapping: mapping.id, table: 'log!1' } }
  },
  'imports.update': (scene) => onImport(scene, 'draft'),
  'imports.destroy': (scene) => onImport(scene, 'draft'),
  'imports.executions.store': (scene) => onImport(scene, 'draft'),
  'imports.reversals.store': (scene) => onImport(scene, 'imported'),
  'raid_items.reviews.store': async (scene) => {
    const { number, type } = await scene.raise()
    return { as: 'manager', body: { type, rows: `${number}.1`, next_review_on: '2099-01-01' } }
  },
  'raid_items.links.store': (scene) => onItem(scene, 'manager', { ref: 'R1', kind: 'relates_to' }),
  'raid_items.links.destroy': async (scene) => {
    const { fromId, id } = await scene.link()
    return { as: 'manager', params: { id: fromId, link_id: id } }
  },
  'raid_items.comments.store': (scene) => onItem(scene, 'team', { body: 'Seen on site today' }),
  ...taskExercises,
  ...apiExercises,
  ...assistantExercises,
  ...assistantKindExercises,
  ...decidingExercises,
  ...roundExercises,
  ...calendarExercises,
  ...reportExercises,
  ...gateExercises,
  ...lifecycleExercises,
  ...healthExercises,
  ...portfolioExercises,
  ...setupExercises,
}

export type PlatformExercise = (
  client: ApiClient,
  person: Account
) => Promise<{ organisationId: string } | void>

/**
 * The same for routes outside any organisation, whose events stand in the platform's own chain, or in
 * that of the organisation which the exercise answers.
 */
export const platformExercises: Record<string, PlatformExercise> = {
  'organisations.store': async (client, person) => {
    await client.post('/organisations').as(person).form({ name: 'Founded Ltd' })
    const [{ organisation_id: organisationId }] = await sql(
      admin(),
      'select organisation_id from memberships where user_id = ?',
      [person.userId]
    )
    return { organisationId }
  },
  'joins.store': async (client, person) => {
    const world = await World.create()
    const { name, membershipId } = await world.person('owner')
    const token = await world.inside(() =>
      Invitation.invite(
        { email: person.email, role: 'member', projects: [] },
        { name, membershipId }
      )
    )
    await client.post(`/join/${token}`).as(person)
    return { organisationId: world.organisationId }
  },
  ...accountExercises,
  ...linkHolderExercises,
  ...privacyExercises,
  'sessions.callback': async () => {
    await new Visitor().signIn(demoPeople[0].email)
  },
  'sessions.destroy': async (client, person) => {
    await client.delete('/session').as(person)
  },
}

async function onItem(scene: Scene, as: Role, body: Record<string, unknown>): Promise<Exercise> {
  const { id } = await scene.raise()
  return { as, params: { id }, body: { lock_version: 1, ...body } }
}

async function onImport(scene: Scene, state: 'draft' | 'imported'): Promise<Exercise> {
  const { id } = await scene.bring(state)
  return { as: 'manager', params: { id }, body: {} }
}

async function newProject({ world }: Scene) {
  const manager = await world.person('manager')
  const sponsor = await world.person('sponsor')
  return {
    code: `N${Math.random().toString(36).slice(2, 9).toUpperCase()}`,
    name: 'New quay',
    visibility: 'members',
    manager_id: manager.membershipId,
    sponsor_id: sponsor.membershipId,
  }
}

async function versionOf(table: string, id: string) {
  const [{ version }] = await sql(
    admin(),
    `select lock_version as version from ${table} where id = ?`,
    [id]
  )
  return version
}
