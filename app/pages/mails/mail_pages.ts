import { encodeCursor } from '#models/lists/keyset'
import MailEvent, { type MailEventKind } from '#models/mail_event'
import { listMails } from '#models/outbox_mail/list'
import type OutboxMail from '#models/outbox_mail'
import { type MailStatus } from '#models/outbox_mail'
import type { Term } from '#registries/terms'

const KINDS: Record<string, string> = {
  invitation: 'Invitation',
  feedback_reply: 'Answer to feedback',
  external_notice: 'Privacy notice to an external person',
  task_link: 'Task for an external person',
  task_links: 'Tasks for an external person',
  notice: 'Notice of the platform',
  privacy_code: 'Code for a privacy request',
  privacy_letter: 'Answer to a privacy request',
  system_alert: 'Alert of the platform',
  notification: 'Notice',
}

/** What became of a mail. */
export const mailStates: Record<MailStatus, Term> = {
  queued: { label: 'Waiting', icon: 'clock' },
  sending: { label: 'Being sent', icon: 'half' },
  sent: { label: 'Sent', icon: 'check' },
  delivered: { label: 'Delivered', icon: 'done', tone: 'good' },
  bounced: { label: 'Bounced', icon: 'alert', tone: 'warn' },
  complained: { label: 'Reported as unwanted', icon: 'alert', tone: 'warn' },
  suppressed: { label: 'Not sent: address refuses email', icon: 'stopped', tone: 'quiet' },
  failed: { label: 'Failed', icon: 'cross', tone: 'warn' },
  kept: { label: 'Kept here', icon: 'lock', tone: 'quiet' },
}

const TOLD: Record<MailEventKind, string> = {
  delivered: 'Delivered',
  bounced: 'Bounced',
  complained: 'Reported as unwanted',
  failed: 'Failed',
}

const FAILURES: Record<string, string> = {
  outcome_unknown: 'It may or may not have been sent. It will not be sent again automatically.',
  blanked: 'It waited longer than emails are kept.',
  unreadable: 'Its key is not set, so it cannot be opened.',
  bounced: 'An earlier email to this address bounced.',
  complained: 'The reader reported an earlier email as unwanted.',
  no_answer: 'The email provider did not respond.',
  http_429: 'The email provider asked us to wait.',
}

/** One page of the organisation's mails. */
export async function mailListState(after: string | null) {
  const { rows, next, previous } = await listMails(after)
  return {
    mails: rows.map((row) => ({
      id: row.id,
      to: row.name ?? row.email ?? 'No longer kept',
      email: row.name ? row.email : null,
      kind: kindOf(row.template),
      subject: row.subject,
      at: row.created_at.toISOString(),
      state: mailStates[row.status],
    })),
    newest: previous ? '/mails' : null,
    next: next && `/mails?after=${encodeCursor(next)}`,
  }
}

/** One mail. Its content is shown only if it was kept instead of sent: otherwise it is its reader's. */
export async function mailState(mail: OutboxMail) {
  const events = await MailEvent.query().where('mailId', mail.id).orderBy('id')
  return {
    mail: {
      kind: kindOf(mail.template),
      state: mailStates[mail.status],
      content: mail.status === 'kept' && mail.textBody ? paragraphsOf(mail.textBody) : null,
      subject: mail.status === 'kept' ? mail.subject : null,
      pairs: [
        { label: 'To', value: mail.name ? `${mail.name} <${mail.email}>` : mail.email },
        { label: 'Written', value: mail.createdAt },
        { label: 'Attempts', value: mail.attempts },
        ...(mail.failure ? [{ label: 'Why', value: reasonOf(mail.failure) }] : []),
      ],
      history: events.map(({ kind, occurredAt }) => ({
        label: TOLD[kind],
        at: occurredAt.toISO(),
      })),
    },
  }
}

/** The kind of a mail, in words. */
export function kindOf(template: string) {
  return KINDS[template] ?? template
}

function paragraphsOf(text: string) {
  return text
    .trim()
    .split('\n\n')
    .map((paragraph) => paragraph.split('\n').map(piecesOf))
}

/** A line split at its addresses, so that they can be links. */
function piecesOf(line: string) {
  return line
    .split(/(https?:\/\/\S+)/)
    .filter(Boolean)
    .map((text) => ({ text, isAddress: /^https?:\/\//.test(text) }))
}

/** Why a mail was not delivered, in words. */
export function reasonOf(failure: string) {
  const status = failure.match(/^http_(\d+)$/)?.[1]
  return FAILURES[failure] ?? `The mail provider refused it (${status ?? failure}).`
}
