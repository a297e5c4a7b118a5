import type { Viewer } from '#identity/viewer'
import { waitingAmong } from '#models/invitation/list'
import MembershipPolicy from '#policies/membership_policy'

/** The invitations that wait for some of these addresses, so far as this viewer may send them again. */
export async function waitingFor(emails: string[], viewer: Viewer) {
  const policy = new MembershipPolicy()
  const waiting = emails.length ? await waitingAmong(emails) : []
  return waiting.filter(({ role }) => policy.give(viewer, role))
}
