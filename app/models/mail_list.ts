import { cutPage, decodeIdCursor, type Page } from '#models/keyset'
import type { MailStatus } from '#models/outbox_mail'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type MailRow = {
  id: string
  email: string | null
  name: string | null
  template: string
  status: MailStatus
  created_at: Date
}

const PER_PAGE = 50
const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** The organisation's mails, newest first: ids follow time. `after` is the cursor of the page before. */
export async function listMails(after: string | null): Promise<Page<MailRow>> {
  const { trx, organisationId } = Tenancy.current()
  const cursor = decodeIdCursor(after)
  const last = cursor ? String(cursor[1]) : NEWEST
  const rows = await read<MailRow>(
    trx,
    `select id, email, name, template, status, created_at from email_outbox
      where organisation_id = ? and id < ? order by id desc limit ?`,
    [organisationId, last, PER_PAGE + 1]
  )
  return cutPage(rows, PER_PAGE, { after: cursor, before: null }, ({ id }) => ['', id])
}
