import { v7 as uuidv7 } from 'uuid'
import { sealValue } from '#encryption/sealed_value'
import { enqueueAll } from '#jobs/enqueue'
import { headerAddress, headerText } from '#mails/headers'
import { outsideLink } from '#mails/links'
import { renderMail } from '#mails/render'
import type { MailData, TemplateName } from '#mails/templates'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Recipient = {
  email: string
  name?: string | null
  membershipId?: string | null
  /** The time zone for moments in the mail; the organisation's unless given. */
  timeZone?: string | null
}

export type NewMail<Name extends TemplateName = TemplateName> = {
  template: Name
  to: Recipient
  data: MailData[Name]
  /** For mails that their reader may stop: a path of ours that stops them with one POST, without a sign-in. */
  unsubscribePath?: string
  /** Names the occasion, such as `invitation:<id>:1`: a second mail with it is not queued. */
  key: string
}

/**
 * Renders a mail and queues it in the transaction of the organisation at work: it is sent only if that commits. Returns
 * the mail's id, also when one with this key was queued before. Throws for an unknown template, and UnsafeHeader when a
 * name, address or subject would break out of its header.
 */
export async function queueMail<Name extends TemplateName>(mail: NewMail<Name>): Promise<string> {
  const [id] = await queueMails([mail])
  return id ?? queuedBefore(mail.key)
}

/** The same for many mails, with as many queries as for one. Returns the ids of those not queued before. */
export async function queueMails<Name extends TemplateName>(
  mails: NewMail<Name>[]
): Promise<string[]> {
  if (mails.length === 0) return []
  const { trx, organisationId } = Tenancy.current()
  const rows = await Promise.all(mails.map(rendered))
  const queued = await sql<{ id: string }>(
    trx,
    `insert into email_outbox (organisation_id, id, idempotency_key, template, membership_id, email,
       name, subject, text_body, html_body, unsubscribe_url)
     select ?, id, idempotency_key, template, membership_id, email, name, subject, text_body, html_body,
       unsubscribe_url
       from json_to_recordset(?::json) as mails (id uuid, idempotency_key text, template text,
         membership_id uuid, email text, name text, subject text, text_body text, html_body text,
         unsubscribe_url text)
     on conflict (organisation_id, idempotency_key) do nothing returning id`,
    [organisationId, JSON.stringify(rows)]
  )
  const ids = queued.map(({ id }) => id)
  await enqueueAll(
    trx,
    'deliver_mail',
    ids.map((mailId) => ({ mailId }))
  )
  return ids
}

async function rendered<Name extends TemplateName>(mail: NewMail<Name>) {
  const { template, to, data, key } = mail
  const unsubscribeUrl = mail.unsubscribePath ? outsideLink(mail.unsubscribePath) : null
  const { subject, text, html } = await renderMail(template, data, {
    unsubscribeUrl,
    timeZone: to.timeZone,
  })
  return {
    id: uuidv7(),
    idempotency_key: key,
    template,
    membership_id: to.membershipId ?? null,
    email: headerAddress(to.email),
    name: to.name ? headerText(to.name) : null,
    subject: sealValue(subject, 'email_outbox.subject'),
    text_body: sealValue(text, 'email_outbox.text_body'),
    html_body: sealValue(html, 'email_outbox.html_body'),
    unsubscribe_url: sealValue(unsubscribeUrl, 'email_outbox.unsubscribe_url'),
  }
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
