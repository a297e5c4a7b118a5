import { BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'
import type { OrganisationRole } from '#tenancy/entry'

/** In addition to the ability to manage members: only owners can give, change and remove ownership. */
export default class MembershipPolicy extends BasePolicy {
  change(viewer: Viewer, membership: { role: OrganisationRole }) {
    return this.give(viewer, membership.role)
  }

  give(viewer: Viewer, role: OrganisationRole) {
    return viewer.can('member.manage') && (role !== 'owner' || viewer.role === 'owner')
  }
}
