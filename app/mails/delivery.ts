import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { mailSettings } from '#config/mail'
import { NotOpened } from '#encryption/key_ring'
import { enqueue } from '#jobs/enqueue'
import { mailbox } from '#mails/headers'
import { ResendClient, type OutgoingMail, type SendOutcome } from '#mails/resend_client'
import { suppressionOf } from '#mails/suppressions'
import { templateNamed } from '#mails/templates'
import OutboxMail from '#models/outbox_mail'
import { change, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** What sends mails; null when they are kept instead. */
export type Sender = { send(mail: OutgoingMail): Promise<SendOutcome> } | null

/** A mail being sent for longer than this has lost its worker; several times the client's timeout. */
const LEASE_SECONDS = 60

/** The provider remembers a key for 24 hours. After that, another attempt could arrive a second time. */
const KEY_HOURS = 23

const MOST_ATTEMPTS = 10
const FIRST_PAUSE_SECONDS = 15
const RECOVERED_AT_ONCE = 500

export const sender: Sender =
  mailSettings.apiKey === null
    ? null
    : new ResendClient({ ...mailSettings, apiKey: mailSettings.apiKey })

/**
 * Sends one mail, unless it was sent or is being sent. The attempt is recorded before the call and its outcome after
 * it, each in its own transaction: if the worker dies in between, the mail's next attempt has the same key.
 */
export async function deliverMail(organisationId: string, mailId: string, by: Sender = sender) {
  const claimed = await Tenancy.system(organisationId, () => claim(mailId, by !== null))
  if (!claimed || !by) return
  const outcome = await by.send(outgoing(claimed))
  await Tenancy.system(organisationId, () => settle(claimed, outcome))
}

/** Requeues the mails whose job or worker was lost. Returns how many. */
export async function recoverMails() {
  const before = DateTime.utc().minus({ seconds: LEASE_SECONDS })
  const overdue = await sql(
    db,
    'select organisation_id as "organisationId", id from directory.overdue_mails(?, ?)',
    [before.toJSDate(), RECOVERED_AT_ONCE]
  )
  for (const { organisationId, id } of overdue) {
    await Tenancy.system(organisationId, () => queueAgain(id, before))
  }
  return overdue.length
}

/**
 * Locks the mail and marks it as being sent. Null when there is nothing to send, or not yet: mails of a suspended
 * organisation wait until it is resumed.
 */
async function claim(id: string, sends: boolean): Promise<OutboxMail | null> {
  if (Tenancy.isSuspended) return null
  const mail = await lock(id).catch((error) => giveUp(id, error))
  if (!mail || (mail.status === 'sending' && mail.dueAt > DateTime.utc())) return null
  const obstacle = await obstacleTo(mail, sends)
  if (obstacle) {
    await mail.merge(obstacle).save()
    return null
  }
  return mail
    .merge({
      status: 'sending',
      attempts: mail.attempts + 1,
      firstAttemptedAt: mail.firstAttemptedAt ?? DateTime.utc(),
      dueAt: DateTime.utc().plus({ seconds: LEASE_SECONDS }),
    })
    .save()
}

/** The mail, if it is still waiting to be sent. */
function lock(id: string) {
  return OutboxMail.query()
    .where('id', id)
    .whereIn('status', ['queued', 'sending'])
    .forUpdate()
    .first()
}

/** A mail whose key is no longer set would be tried for ever. */
async function giveUp(id: string, error: unknown) {
  if (!(error instanceof NotOpened)) throw error
  const { trx, organisationId } = Tenancy.current()
  await change(
    trx,
    `update email_outbox set status = 'failed', failure = 'unreadable', updated_at = now()
      where organisation_id = ? and id = ?`,
    [organisationId, id]
  )
  return null
}

/** The reason not to send this mail at all. */
async function obstacleTo(mail: OutboxMail, sends: boolean): Promise<Partial<OutboxMail> | null> {
  if (mail.email === null) return { status: 'failed', failure: 'blanked' }
  if (!sends) return { status: 'kept' }
  const suppression = await suppressionOf(mail.email)
  if (suppression) return { status: 'suppressed', failure: suppression }
  const since = mail.firstAttemptedAt
  if (since && since < DateTime.utc().minus({ hours: KEY_HOURS })) {
    return { status: 'failed', failure: 'outcome_unknown' }
  }
  return null
}

/** Records the outcome, unless a later attempt has begun since: then that one's counts. */
async function settle(claimed: OutboxMail, outcome: SendOutcome) {
  const mail = await lock(claimed.id)
  if (!mail || mail.attempts !== claimed.attempts) return
  if (outcome.kind === 'accepted') return accept(mail, outcome.providerId)
  if (outcome.kind === 'refused' || mail.attempts >= MOST_ATTEMPTS) {
    return mail.merge({ status: 'failed', failure: outcome.failure }).save()
  }
  const dueAt = DateTime.utc().plus({ seconds: pauseAfter(mail.attempts, outcome.retryAfter) })
  await mail.merge({ status: 'queued', failure: outcome.failure, dueAt }).save()
  await enqueue(Tenancy.current().trx, 'deliver_mail', { mailId: mail.id }, dueAt.toJSDate())
}

function accept(mail: OutboxMail, providerId: string) {
  mail.merge({ status: 'sent', failure: null, providerId, sentAt: DateTime.utc() })
  if (templateNamed(mail.template).secret) mail.merge({ textBody: null, htmlBody: null })
  return mail.save()
}

async function queueAgain(id: string, before: DateTime) {
  const { trx, organisationId } = Tenancy.current()
  const isOverdue = await change(
    trx,
    `update email_outbox set due_at = now(), updated_at = now()
      where organisation_id = ? and id = ? and status in ('queued', 'sending') and due_at <= ?`,
    [organisationId, id, before.toJSDate()]
  )
  if (isOverdue) await enqueue(trx, 'deliver_mail', { mailId: id })
}

/** Doubling from one attempt to the next, or as long as the provider asks, up to an hour. */
function pauseAfter(attempts: number, asked: number | null) {
  return Math.max(Math.min(asked ?? 0, 3600), FIRST_PAUSE_SECONDS * 2 ** (attempts - 1))
}

function outgoing(mail: OutboxMail): OutgoingMail {
  return {
    id: mail.id,
    to: mailbox(mail.email!, mail.name),
    subject: mail.subject!,
    text: mail.textBody!,
    html: mail.htmlBody!,
    unsubscribeUrl: mail.unsubscribeUrl,
  }
}
