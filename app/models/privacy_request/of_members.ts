import type { RequestKind, RequestStatus } from '#models/privacy_request/enumerations'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

type MemberRequest = {
  ref: string
  kind: RequestKind
  status: RequestStatus
  membership_id: string
  name: string
  received_on: string
  due_on: string
  completed_at: Date | null
}

/** Requests of people of the organisation at work, soonest due first; the newest two hundred. */
export function requestsOfMembers(): Promise<MemberRequest[]> {
  return sql(Tenancy.current().trx, 'select * from directory.privacy_requests(?)', [PLATFORM])
}
