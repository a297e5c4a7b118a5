import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { Resend } from 'resend'
import { suppress } from '#mails/suppressions'
import MailEvent, { type MailEventKind } from '#models/mail_event'
import OutboxMail from '#models/outbox_mail'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type WebhookHeaders = { id: string; timestamp: string; signature: string }

/** What a webhook reports, as far as we use it. */
type MailReport = {
  webhookId: string
  providerId: string
  kind: MailEventKind
  /** The address may work another time, as when a mailbox is full. */
  passing: boolean
  occurredAt: DateTime
}

/** `repeated`: it was recorded before. `unknown`: not our mail, or one that we have not recorded yet. */
type Reception = 'taken' | 'repeated' | 'unknown'

const KINDS = new Map<unknown, MailEventKind>([
  ['email.delivered', 'delivered'],
  ['email.bounced', 'bounced'],
  ['email.complained', 'complained'],
  ['email.failed', 'failed'],
])

/** Reports may arrive in any order; a mail's status only ever moves to a higher rank. */
const RANK: Record<string, number> = { sent: 1, failed: 2, delivered: 2, bounced: 3, complained: 4 }

/**
 * Reads a webhook whose signature and time are right; null when it reports nothing that we keep. Throws for a forged
 * one, and for one signed more than five minutes ago.
 */
export function readWebhook(
  body: string,
  { id, timestamp, signature }: WebhookHeaders,
  secret: string
): MailReport | null {
  const headers = { id, timestamp, signature }
  const { webhooks } = new Resend('only verifies signatures')
  const {
    type,
    created_at: at,
    data,
  } = webhooks.verify({
    payload: body,
    headers,
    webhookSecret: secret,
  }) as { type?: unknown; created_at?: unknown; data?: any }
  const kind = KINDS.get(type)
  if (!kind || typeof data?.email_id !== 'string') return null
  const told = DateTime.fromISO(String(at), { zone: 'utc' })
  return {
    webhookId: id,
    providerId: data.email_id,
    kind,
    passing: data.bounce?.type === 'Transient',
    occurredAt: told.isValid ? told : DateTime.utc(),
  }
}

/** Records a report with its mail, whichever organisation sent it. */
export async function receiveReport(report: MailReport): Promise<Reception> {
  const [mail] = await sql(
    db,
    'select organisation_id as "organisationId", id from directory.mail_sent_as(?)',
    [report.providerId]
  )
  if (!mail) return 'unknown'
  return Tenancy.system(mail.organisationId, () => record(mail.id, report))
}

/** The row's lock makes two copies of one report take turns, so that the second finds the first. */
async function record(mailId: string, report: MailReport): Promise<Reception> {
  const { webhookId, kind, occurredAt } = report
  const mail = await OutboxMail.query().where('id', mailId).forUpdate().firstOrFail()
  if (await MailEvent.findBy('webhookId', webhookId)) return 'repeated'
  await MailEvent.create({ mailId, webhookId, kind, occurredAt })
  if (mail.email && isFinal(report)) await suppress(mail.email, kind as 'bounced' | 'complained')
  if (RANK[kind] > RANK[mail.status]) {
    await mail.merge({ status: kind, settledAt: occurredAt }).save()
  }
  return 'taken'
}

function isFinal({ kind, passing }: MailReport) {
  return kind === 'complained' || (kind === 'bounced' && !passing)
}
