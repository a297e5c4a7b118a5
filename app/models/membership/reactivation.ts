import { mergeExternal } from '#models/external_resource/merging'
import type Membership from '#models/membership'
import { refuseBeyond } from '#models/organisation/quotas'
import { refuse } from '#models/violation'

/**
 * Opens a deactivated membership again; people who left come back by an invitation. Separate from the model, because it
 * reaches the work of people outside, which itself depends on members. Call `Membership.takeTurns` first.
 */
export async function reactivate(member: Membership) {
  if (member.status !== 'deactivated') {
    refuse('membership', 'Only a deactivated member can be reactivated')
  }
  await refuseBeyond('members', 'membership')
  member.status = 'active'
  await member.auditAs('membership.reactivated').save()
  await mergeExternal(member)
}
