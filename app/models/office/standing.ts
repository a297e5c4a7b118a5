import { v7 as uuidv7 } from 'uuid'
import { record, type Happening } from '#audit/events'
import { enqueue } from '#jobs/enqueue'
import { writeToOwners, type Letter } from '#mails/owners'
import Invitation from '#models/invitation'
import Organisation from '#models/organisation'
import { ownersOf } from '#models/office/organisations'
import * as standing from '#models/organisation/standing'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

export type NewOrganisation = { name: string; ownerEmail: string }

/** Creates an organisation and invites its owner, in the name of this staff member. Returns its id. */
export async function openOrganisation({ name, ownerEmail }: NewOrganisation, staff: string) {
  const id = uuidv7()
  const event = { action: 'organisation.created', entityType: 'organisation', entityId: id }
  const values = { name: { after: name } }
  await Tenancy.visit(id, async () => {
    await Organisation.found(name)
    await record({ ...event, values })
    await inviteOwner(ownerEmail, staff)
  })
  await record({ ...event, values })
  return id
}

/** Invites an owner again when no one has joined: later its members do that themselves. */
export async function inviteFirstOwner(id: string, email: string, staff: string) {
  await Tenancy.visit(id, () => inviteOwner(email, staff))
  await record({ action: 'organisation.owner_invited', entityType: 'organisation', entityId: id })
}

/** Suspends an organisation, and tells its owners. */
export async function suspendOrganisation(id: string, reason: string) {
  await step(id, () => standing.suspend(reason), 'suspended')
}

/** Resumes an organisation, and tells its owners. */
export async function resumeOrganisation(id: string) {
  await step(id, () => standing.resume(), 'resumed')
}

/** Sets an organisation's limits, and tells its owners. */
export async function limitOrganisation(id: string, quotas: standing.Quotas) {
  await step(id, () => standing.limit(quotas), 'limited')
}

/** Schedules an organisation's erasure after some days in which it can be cancelled, and tells its owners. */
export async function scheduleErasure(id: string) {
  const { trx, userId } = Tenancy.current()
  const { eraseAt } = await step(id, () => standing.scheduleErasure(), 'erasing')
  const payload = { target: id, by: userId }
  await enqueue(trx, 'erase_organisation', payload, eraseAt!.toJSDate())
}

/** Cancels the erasure of an organisation, and tells its owners. */
export async function callOffErasure(id: string) {
  await step(id, () => standing.callOffErasure(), 'called_off')
}

type Step = { organisation: Organisation; event: Happening }

async function step(id: string, take: () => Promise<Step>, letter: Letter) {
  const { organisation, event } = await Tenancy.visit(id, take)
  const eventId = await record(event)
  await writeToOwners(letter, organisation, await ownersOf(id), eventId)
  return organisation
}

async function inviteOwner(email: string, staff: string) {
  const open = await Invitation.query().where('email', email).where('status', 'pending').first()
  if (open?.isOpen) refuse('owner_email', 'This address has already been invited')
  if (open) await open.revoke()
  const inviter = { name: `${staff} of Orchestrate`, membershipId: null }
  await Invitation.invite({ email, role: 'owner', projects: [] }, inviter)
}
