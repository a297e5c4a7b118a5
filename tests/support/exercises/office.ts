import { randomUUID } from 'node:crypto'
import * as standing from '#models/office/standing'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import type { OfficeExercise } from '#tests/support/exercises/backoffice'
import { register, registerStaff, World, type Account } from '#tests/support/world'

/** How to make each audited route about organisations and people succeed once. */
export const officeWork: Record<string, () => Promise<OfficeExercise>> = {
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

function freshAddress() {
  return `owner-${randomUUID()}@example.test`
}
