import { v7 as uuidv7 } from 'uuid'
import { enqueue } from '#jobs/enqueue'
import { headerAddress, headerText } from '#mails/headers'
import { mailLink } from '#mails/links'
import { renderMail } from '#mails/render'
import type { MailData, TemplateName } from '#mails/templates'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type Recipient = {
  email: string
  name?: string | null
  membershipId?: string | null
  /** The zone in which the mail tells moments; the organisation's unless it is given. */
  timeZone?: string | null
}

export type NewMail<Name extends TemplateName = TemplateName> = {
  template: Name
  to: Recipient
  data: MailData[Name]
  /** For mails that their reader may stop: a path of ours that stops them with one POST, without sign-in. */
  unsubscribePath?: string
  /** Names the occasion, such as `invitation:<id>:1`: a second mail with it is not queued. */
  key: string
}

/**
 * Renders a mail and queues it in the transaction of the organisation at work: it is sent only if that
 * commits. Answers the mail's id, also when one with this key was queued before. Throws for an unknown
 * template, and UnsafeHeader when a name, address or subject would break out of its header.
 */
export async function queueMail<Name extends TemplateName>(mail: NewMail<Name>): Promise<string> {
  const { trx, organisationId } = Tenancy.current()
  const { template, to, data, key } = mail
  const email = headerAddress(to.email)
  const name = to.name ? headerText(to.name) : null
  const unsubscribeUrl = mail.unsubscribePath ? mailLink(mail.unsubscribePath) : null
  const { subject, text, html } = await renderMail(template, data, {
    unsubscribeUrl,
    timeZone: to.timeZone,
  })
  const [row] = await sql(
    trx,
    `insert into email_outbox (organisation_id, id, idempotency_key, template, membership_id, email,
       name, subject, text_body, html_body, unsubscribe_url)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (organisation_id, idempotency_key) do nothing returning id`,
    [
      organisationId,
      uuidv7(),
      key,
      template,
      to.membershipId ?? null,
      email,
      name,
      subject,
      text,
      html,
      unsubscribeUrl,
    ]
  )
  if (!row) return queuedBefore(key)
  await enqueue(trx, 'deliver_mail', { mailId: row.id })
  return row.id
}

async function queuedBefore(key: string): Promise<string> {
  const { trx, organisationId } = Tenancy.current()
  const [{ id }] = await sql(
    trx,
    'select id from email_outbox where organisation_id = ? and idempotency_key = ?',
    [organisationId, key]
  )
  return id
}
