import { decodeIdCursor, readPage, type Page } from '#models/lists/keyset'
import type { MailStatus } from '#models/outbox_mail'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A mail of any organisation, as far as platform staff may know it. */
type PlatformMailRow = {
  id: string
  /** Null for mails of the platform itself. */
  organisation: string | null
  template: string
  status: MailStatus
  failure: string | null
  attempts: number
  /** Its beginning and its domain; null once it is blanked. */
  address: string | null
  created_at: Date
}

const PER_PAGE = 50
const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Mails in these states across organisations, newest first. `after` is the cursor of the previous page. */
export function listPlatformMails(
  statuses: MailStatus[],
  after: string | null
): Promise<Page<PlatformMailRow>> {
  return readPage(
    { after, before: null, perPage: PER_PAGE, decode: decodeIdCursor },
    ({ after: last }, limit) =>
      sql<PlatformMailRow>(Tenancy.current().trx, 'select * from office.mails(?, ?, ?)', [
        statuses,
        last?.[1] ?? NEWEST,
        limit,
      ]),
    ({ id }) => ['', id]
  )
}
