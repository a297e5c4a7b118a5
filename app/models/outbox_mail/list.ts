import { openValue } from '#encryption/sealed_value'
import { cutPage, decodeIdCursor, type Page } from '#models/keyset'
import type { MailStatus } from '#models/outbox_mail'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type MailRow = {
  id: string
  email: string | null
  name: string | null
  template: string
  /** Only of what was kept instead of sent: else it is its reader's. */
  subject: string | null
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
    `select id, email, name, template, subject, status, created_at from email_outbox
      where organisation_id = ? and id < ? order by id desc limit ?`,
    [organisationId, last, PER_PAGE + 1]
  )
  const page = cutPage(rows, PER_PAGE, { after: cursor, before: null }, ({ id }) => ['', id])
  return { ...page, rows: page.rows.map((row) => ({ ...row, subject: readable(row) })) }
}

function readable({ status, subject }: MailRow) {
  return status === 'kept' ? openValue(subject, 'email_outbox.subject', true) : null
}
