import { requestKinds } from '#models/privacy_request/enumerations'
import { requestsOfMembers } from '#models/privacy_request/of_members'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** The requests of members, as far as their organisation may know of them. */
export async function memberRequestsState() {
  const rows = await requestsOfMembers()
  return {
    requests: rows.map((row) => ({
      ref: row.ref,
      kind: requestKinds[row.kind],
      status: terms.privacyRequestStatuses[row.status],
      member: row.name,
      receivedOn: day(row.received_on),
      dueOn: row.completed_at ? `Closed ${day(row.completed_at)}` : day(row.due_on),
    })),
  }
}
