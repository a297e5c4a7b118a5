import { openValue } from '#encryption/sealed_value'
import { readByIds } from '#models/lists/id_pages'
import type { Page } from '#models/lists/keyset'
import type { MailStatus } from '#models/outbox_mail'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type MailRow = {
  id: string
  email: string | null
  name: string | null
  template: string
  /** Only for mails that were kept instead of sent: a sent mail is its reader's business. */
  subject: string | null
  status: MailStatus
  created_at: Date
}

const PER_PAGE = 50

/** The organisation's mails, newest first: ids follow time. `after` is the cursor of the previous page. */
export async function listMails(after: string | null): Promise<Page<MailRow>> {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions().add('organisation_id = ?', organisationId)
  const place = { after, before: null }
  const page = await readByIds({ place, ids: 'id', perPage: PER_PAGE }, (from, order, limit) => {
    const part = conditions.also(from)
    return read<MailRow>(
      trx,
      `select id, email, name, template, subject, status, created_at from email_outbox
        where ${part.text} order by id ${order} limit ?`,
      [...part.values, limit]
    )
  })
  return { ...page, rows: page.rows.map((row) => ({ ...row, subject: readable(row) })) }
}

function readable({ status, subject }: MailRow) {
  return status === 'kept' ? openValue(subject, 'email_outbox.subject', { wasPlain: true }) : null
}
