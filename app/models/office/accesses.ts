import { record } from '#audit/events'
import { writeToOwners } from '#mails/owners'
import { ownersOf } from '#models/office/organisations'
import Organisation from '#models/organisation'
import StaffAccess from '#models/staff_access'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/**
 * Lets the platform admin at work read an organisation for so many minutes. Its own trail and the platform's record it,
 * and its owners are told.
 */
export async function openAccess(organisationId: string, reason: string, minutes: number) {
  const { access, organisation, isSuspended } = await Tenancy.visit(
    organisationId,
    async (entry) => {
      if (entry)
        refuse('access_reason', 'You are a member of this organisation, so open it as a member')
      return {
        access: await StaffAccess.open(reason, minutes),
        organisation: await Organisation.current(),
        isSuspended: Tenancy.isSuspended,
      }
    }
  )
  await record({
    action: 'staff_access.opened',
    entityType: 'staff_access',
    entityId: access.id,
    values: { organisation: { after: organisation.name }, reason: { after: reason } },
  })
  // Its own mails are suspended as well.
  if (isSuspended) {
    await writeToOwners('looked_into', organisation, await ownersOf(organisationId), access.id)
  }
  return access
}

/** The open access of the platform admin at work; null for none. */
export function ownAccess(organisationId: string) {
  const { userId } = Tenancy.current()
  return Tenancy.visit(organisationId, () => StaffAccess.openOf(userId!))
}

/** Ends the access of the platform admin at work. False when it has already ended. */
export async function endOwnAccess(organisationId: string) {
  const { userId } = Tenancy.current()
  const access = await Tenancy.visit(organisationId, async () => {
    const open = await StaffAccess.openOf(userId!)
    await open?.endNow()
    return open
  })
  if (!access) return false
  await record({
    action: 'staff_access.ended',
    entityType: 'staff_access',
    entityId: access.id,
  })
  return true
}
