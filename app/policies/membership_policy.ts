import { BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'
import type { OrganisationRole } from '#tenancy/entry'

/** Beyond the ability to manage members: ownership is given, changed and taken by owners alone. */
export default class MembershipPolicy extends BasePolicy {
  change(viewer: Viewer, membership: { role: OrganisationRole }) {
    return this.give(viewer, membership.role)
  }

  give(viewer: Viewer, role: OrganisationRole) {
    return viewer.can('member.manage') && (role !== 'owner' || viewer.role === 'owner')
  }
}
