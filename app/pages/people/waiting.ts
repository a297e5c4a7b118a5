import type { Viewer } from '#identity/viewer'
import { waitingAmong } from '#models/invitation/list'
import MembershipPolicy from '#policies/membership_policy'

/** The open invitations to some of these addresses, as far as this viewer may resend them. */
export async function waitingFor(emails: string[], viewer: Viewer) {
  const policy = new MembershipPolicy()
  const waiting = emails.length ? await waitingAmong(emails) : []
  return waiting.filter(({ role }) => policy.give(viewer, role))
}
