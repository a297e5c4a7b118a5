import { sql } from '#tenancy/sql'
import { openedMails } from '#tests/support/sealed'
import { admin } from '#tests/support/admin'

/** A request as the database has it. */
export function rowOf(id: string) {
  return sql(admin(), 'select * from privacy_requests where id = ?', [id]).then(([row]) => row)
}

/** The mails that were written about a request, oldest first. */
export function mailsAbout(id: string): Promise<any[]> {
  return openedMails(
    `select email, subject, text_body from email_outbox where idempotency_key like ? order by id`,
    [`privacy:${id}:%`]
  )
}
