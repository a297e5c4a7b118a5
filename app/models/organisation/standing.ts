import { DateTime } from 'luxon'
import { record, type AuditValue } from '#audit/events'
import Organisation from '#models/organisation'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** An organisation's limits; null for none. */
export type Quotas = Pick<Organisation, 'maxMembers' | 'maxProjects' | 'maxStorageMb'>

/** How long an erasure can still be cancelled, in days. */
export const ERASURE_DAYS = 7

/** Suspends the organisation at work. Its members are told the reason. */
export async function suspend(reason: string) {
  const organisation = await Organisation.currentForUpdate()
  if (organisation.suspendedAt) refuse('reason', 'This organisation is already suspended')
  organisation.merge({ suspendedAt: DateTime.utc(), suspensionReason: reason })
  return saved(organisation, 'organisation.suspended', { reason: { after: reason } })
}

/** Resumes the organisation at work; not while it is to be erased. */
export async function resume() {
  const organisation = await Organisation.currentForUpdate()
  if (!organisation.suspendedAt) refuse('organisation', 'This organisation is not suspended')
  if (organisation.eraseAt) refuse('organisation', 'Call off the erasure first')
  organisation.merge({ suspendedAt: null, suspensionReason: null })
  return saved(organisation, 'organisation.resumed')
}

/** Sets the limits of the organisation at work. What it already has stays. */
export async function limit(quotas: Quotas) {
  const organisation = await Organisation.currentForUpdate()
  const { maxMembers, maxProjects, maxStorageMb } = organisation
  organisation.merge(quotas)
  if (!organisation.$isDirty)
    refuse('max_members', 'These limits are the same as now. Change one before you save')
  return saved(organisation, 'organisation.limited', {
    max_members: { before: maxMembers, after: quotas.maxMembers },
    max_projects: { before: maxProjects, after: quotas.maxProjects },
    max_storage_mb: { before: maxStorageMb, after: quotas.maxStorageMb },
  })
}

/** Sets the day on which the organisation at work is erased. It has to be suspended. */
export async function scheduleErasure() {
  const organisation = await Organisation.currentForUpdate()
  if (!organisation.suspendedAt) refuse('confirmation', 'Suspend the organisation first')
  if (organisation.eraseAt) refuse('confirmation', 'Its erasure is already scheduled')
  organisation.eraseAt = DateTime.utc().plus({ days: ERASURE_DAYS })
  return saved(organisation, 'organisation.erasure_scheduled', {
    erase_at: { after: organisation.eraseAt.toISO() },
  })
}

/** Cancels the erasure; the organisation stays suspended. */
export async function callOffErasure() {
  const organisation = await Organisation.currentForUpdate()
  if (!organisation.eraseAt) refuse('organisation', 'No erasure is scheduled')
  organisation.eraseAt = null
  return saved(organisation, 'organisation.erasure_called_off')
}

/** Recorded in the trail of the organisation and, with its name, in the platform's. */
async function saved(
  organisation: Organisation,
  action: string,
  values: Record<string, AuditValue> = {}
) {
  await organisation.save()
  const event = { action, entityType: 'organisation', entityId: organisation.id }
  await record({ ...event, values })
  return { organisation, event: { ...event, values: named(organisation, values) } }
}

function named({ name }: Organisation, values: Record<string, AuditValue>) {
  return { organisation: { after: name }, ...values }
}

/** Whether the erasure of the organisation at work is due. */
export async function isErasureDue() {
  const { organisationId, trx } = Tenancy.current()
  const found = await Organisation.find(organisationId, { client: trx })
  return found?.eraseAt ? found.eraseAt <= DateTime.utc() : false
}
