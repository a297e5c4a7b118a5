import type { Viewer } from '#identity/viewer'
import { holdingsOf } from '#models/membership/holdings'
import type Membership from '#models/membership'
import User from '#models/user'
import MembershipPolicy from '#policies/membership_policy'
import { organisationRoles, projectRoles, type ProjectRole } from '#policies/permissions'
import { iso } from '#registries/formats'
import { NO_ADDRESS } from '#registries/terms'
import type { OrganisationRole } from '#tenancy/entry'
import * as terms from '#registries/terms'
import Tenancy from '#tenancy/tenancy'

type Holdings = Awaited<ReturnType<typeof holdingsOf>>

/** One member: who they are, their work, and what the viewer may change. */
export async function memberState(member: Membership, viewer: Viewer) {
  const user = await User.query({ client: Tenancy.current().trx })
    .where('id', member.userId)
    .firstOrFail()
  const isSelf = member.id === viewer.membershipId
  const mayChange = new MembershipPolicy().change(viewer, member)
  const isActive = member.status === 'active'
  return {
    member: {
      id: member.id,
      name: user.name,
      email: user.email ?? NO_ADDRESS,
      role: member.role,
      status: terms.membershipStatuses[member.status],
      joinedAt: iso(member.createdAt.toJSDate()),
      isSelf,
    },
    roleOptions: roleOptions(viewer),
    holdings: holdingsState(await holdingsOf(member.id, viewer)),
    can: {
      changeRole: mayChange && isActive,
      deactivate: mayChange && isActive && !isSelf,
      reactivate: mayChange && member.status === 'deactivated',
      handOver:
        viewer.can('organisation.transfer') && isActive && !isSelf && member.role !== 'owner',
    },
  }
}

/** The roles that the viewer may give, as choices. */
export function roleOptions(viewer: Viewer) {
  const policy = new MembershipPolicy()
  return Object.entries(organisationRoles)
    .filter(([role]) => policy.give(viewer, role as OrganisationRole))
    .map(([value, label]) => ({ value, label }))
}

/** Holdings as a page lists them, with roles in words. */
export function holdingsState({ leads, others, openItems, openTasks }: Holdings) {
  const inWords = (role: Holdings['leads'][number]) => ({
    ...role,
    label: projectRoles[role.role as ProjectRole],
  })
  return {
    leads: leads.map(inWords),
    others: others.map(inWords),
    openItems,
    openTasks,
    isEmpty: leads.length + others.length + openItems + openTasks === 0,
  }
}
