import { controller } from '#config/privacy'
import Organisation from '#models/organisation'
import type { OrganisationSuspended } from '#tenancy/entry'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Owner = { name: string; email: string; user_id: string }

/**
 * What the page of a suspended organisation shows: to members the reason and whom to ask, to others only that it is
 * suspended. Null when it was resumed meanwhile.
 */
export async function suspensionNotice({ organisationId, userId }: OrganisationSuspended) {
  return Tenancy.peek({ organisationId, userId, requestId: null }, async (entry) => {
    const { name, suspendedAt, suspensionReason } = await Organisation.current()
    if (!entry) return { name: null, contact: controller.email, owners: [] }
    const owners = await owning()
    return {
      name,
      suspendedAt,
      reason: suspensionReason,
      contact: controller.email,
      isOwner: owners.some(({ user_id: id }) => id === userId),
      owners: owners.map(({ name: owner, email }) => ({ name: owner, email })),
      others: entry.organisations.filter(({ id }) => id !== organisationId),
    }
  })
}

function owning() {
  const { trx, organisationId } = Tenancy.current()
  return read<Owner>(
    trx,
    `select users.name, users.email, memberships.user_id from memberships
       join users on users.id = memberships.user_id
      where memberships.organisation_id = ? and memberships.role = 'owner'
        and memberships.status = 'active' order by users.name`,
    [organisationId]
  )
}
