import { randomUUID } from 'node:crypto'
import { DateTime } from 'luxon'
import { openAccess } from '#models/office/accesses'
import * as standing from '#models/office/standing'
import SystemAlert, { type NewAlert } from '#models/system_alert'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import type { OfficeExercise } from '#tests/support/exercises/backoffice'
import { register, registerStaff, World, type Account } from '#tests/support/world'

/** How to make each audited route about organisations and people succeed once. */
export const officeWork: Record<string, () => Promise<OfficeExercise>> = {
  'backoffice.organisations.accesses.destroy': async () => {
    const world = await ownedWorld()
    const { staff } = await lookingInto(world)
    return { params: { id: world.organisationId }, as: staff }
  },
  'backoffice.organisations.accesses.store': async () => ({
    params: { id: (await ownedWorld()).organisationId },
    body: { access_reason: 'Their import hangs', minutes: '15' },
  }),
  'backoffice.alerts.store': async () => ({
    body: {
      kind: 'notice',
      body: 'A new look',
      ends_at: '2999-01-01T10:00',
      begins_at: '2998-12-31T10:00',
    },
  }),
  'backoffice.alerts.destroy': async () => ({ params: { id: (await openAlert()).id } }),
  'backoffice.seals.verifications.store': async () => ({
    params: { id: (await ownedWorld()).organisationId },
  }),
  'backoffice.jobs.attempts.store': async () => ({ params: { id: await troubledJob() } }),
  'backoffice.jobs.destroy': async () => ({
    params: { id: await troubledJob() },
    body: { reason: 'It can never work' },
  }),
  'backoffice.people.look_ups.store': async () => ({
    body: { words: (await register('asker')).email },
  }),
  'backoffice.people.show': async () => ({ params: { id: (await register('asker')).userId } }),
  'backoffice.people.sessions.destroy': async () => ({
    params: { id: (await register('asker')).userId },
  }),
  'backoffice.organisations.store': async () => ({
    body: { name: 'Newly opened', owner_email: freshAddress() },
  }),
  'backoffice.organisations.owner_invitations.store': async () => ({
    params: { id: (await World.create('Without an owner')).organisationId },
    body: { owner_email: freshAddress() },
  }),
  'backoffice.organisations.quotas.update': async () => ({
    params: { id: (await ownedWorld()).organisationId },
    body: { max_members: 5, max_projects: '', max_storage_mb: '' },
  }),
  'backoffice.organisations.suspensions.store': async () => ({
    params: { id: (await ownedWorld()).organisationId },
    body: { reason: 'It did not pay' },
  }),
  'backoffice.organisations.suspensions.destroy': async () => ({
    params: { id: (await suspendedWorld()).organisationId },
  }),
  'backoffice.organisations.erasures.store': async () => ({
    params: { id: (await suspendedWorld()).organisationId },
    body: { confirmation: 'quay-sons' },
  }),
  'backoffice.organisations.erasures.destroy': async () => {
    const { organisationId: id } = await suspendedWorld()
    await asStaff(() => standing.scheduleErasure(id))
    return { params: { id } }
  },
}

/** Work of a platform admin, in the platform's own tenancy. */
export async function asStaff<T>(work: () => Promise<T>, staff?: Account) {
  const { userId } = staff ?? (await registerStaff())
  const tenant = { organisationId: PLATFORM, userId, requestId: null, actorKind: 'staff' as const }
  return Tenancy.run(tenant, work)
}

/** An organisation with an owner. */
export async function ownedWorld(name = 'Quay & Sons') {
  const world = await World.create(name)
  await world.person('owner')
  return world
}

/** One that a platform admin suspended. */
export async function suspendedWorld(world?: World) {
  const suspended = world ?? (await ownedWorld())
  await asStaff(() => standing.suspendOrganisation(suspended.organisationId, 'It did not pay'))
  return suspended
}

/** Lets a platform admin, a new one unless given, look into the organisation. Returns them as if they were a member. */
export async function lookingInto(world: World, staff?: Account) {
  const account = staff ?? (await registerStaff())
  const { organisationId } = world
  const access = await asStaff(() => openAccess(organisationId, 'Their import hangs', 15), account)
  return { id: access.id, staff: { ...account, organisationId, membershipId: access.id } }
}

/** An alert for one organisation without members, unless another is given, so that other pages stay unchanged. */
export async function openAlert(given: Partial<NewAlert> = {}) {
  const target =
    given.target !== undefined
      ? given.target
      : { id: (await World.create('Told')).organisationId, name: 'Told' }
  return asStaff(() =>
    SystemAlert.show({
      kind: 'notice',
      body: 'The look is new',
      mailedTo: null,
      letter: null,
      beginsAt: DateTime.utc(),
      endsAt: DateTime.utc().plus({ hours: 1 }),
      ...given,
      target,
    })
  )
}

/** A job that the queue gave up, or will retry in a while; no worker knows its task. Returns its id. */
export async function troubledJob(
  error = 'The provider is down',
  { attempts = 25, world }: { attempts?: number; world?: World } = {}
): Promise<string> {
  const payload = JSON.stringify({ organisationId: world?.organisationId, canary: 'sings' })
  const [job] = await sql(
    admin(),
    `select id from graphile_worker.add_job('trouble_in_tests', ?::json, run_at => now() + interval '1 day')`,
    [payload]
  )
  await sql(
    admin(),
    'update graphile_worker._private_jobs set attempts = ?, last_error = ? where id = ?',
    [attempts, error, job.id]
  )
  return String(job.id)
}

function freshAddress() {
  return `owner-${randomUUID()}@example.test`
}
