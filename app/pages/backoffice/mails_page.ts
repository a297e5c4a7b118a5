import { encodeCursor } from '#models/lists/keyset'
import type { MailStatus } from '#models/outbox_mail'
import { listPlatformMails } from '#models/office/mail_list'
import { textOf } from '#models/lists/query_string'
import { kindOf, mailStates, reasonOf } from '#pages/mails/mail_pages'
import { iso, lately } from '#registries/formats'

const HOME = '/admin/mails'

/** The states by which the outbox can be filtered. Failed mails come first: they wait for someone. */
const GROUPS = {
  failed: { label: 'Failed', statuses: ['failed'] },
  waiting: { label: 'Waiting', statuses: ['queued', 'sending'] },
  sent: { label: 'Sent', statuses: ['sent', 'delivered'] },
  returned: { label: 'Returned or held back', statuses: ['bounced', 'complained', 'suppressed'] },
  kept: { label: 'Kept here', statuses: ['kept'] },
} satisfies Record<string, { label: string; statuses: MailStatus[] }>

type Group = keyof typeof GROUPS

/** The state of `pages/backoffice/mails/index`. */
export async function outboxState(query: Record<string, unknown>) {
  const shown = groupIn(textOf(query, 'state'))
  const after = textOf(query, 'after')
  const { rows, next, previous } = await listPlatformMails([...GROUPS[shown].statuses], after)
  const address = shown === 'failed' ? HOME : `${HOME}?state=${shown}`
  return {
    sections: sectionTabs('outbox'),
    tabs: Object.entries(GROUPS).map(([group, { label }]) => ({
      label,
      href: group === 'failed' ? HOME : `${HOME}?state=${group}`,
      current: group === shown,
    })),
    isFailed: shown === 'failed',
    mails: rows.map((row) => ({
      id: row.id,
      kind: kindOf(row.template),
      to: row.address ?? 'Address no longer kept',
      organisation: row.organisation ?? 'The platform',
      state: mailStates[row.status],
      reason: row.failure && reasonOf(row.failure),
      attempts: row.attempts,
      at: iso(row.created_at),
      when: lately(row.created_at),
      canRetry: row.status === 'failed' && row.address !== null,
      mayRepeat: row.failure === 'outcome_unknown',
    })),
    newest: previous ? address : null,
    next: next && `${HOME}?state=${shown}&after=${encodeCursor(next)}`,
  }
}

/** The state of `pages/backoffice/mails/suppressions`. */
export function suppressionsState(counts: { bounced: number; complained: number }) {
  return { sections: sectionTabs('suppressions'), ...counts }
}

/** The state of `pages/backoffice/mail_templates/index`. */
export function templateListState(templates: Record<string, { secret?: true; outside?: true }>) {
  return {
    sections: sectionTabs('templates'),
    kinds: Object.entries(templates).map(([name, { secret, outside }]) => ({
      name,
      label: kindOf(name),
      note: secret
        ? 'Its link is secret, so the content is removed once the email is sent.'
        : outside
          ? 'For people without an account.'
          : null,
    })),
  }
}

/** The state of `pages/backoffice/mail_templates/show`. */
export function templateState(name: string, sample: { subject: string; text: string }) {
  return { name, kind: kindOf(name), ...sample }
}

function sectionTabs(current: 'outbox' | 'suppressions' | 'templates') {
  return [
    { label: 'Outbox', href: HOME, current: current === 'outbox' },
    { label: 'Suppressions', href: '/admin/suppressions', current: current === 'suppressions' },
    { label: 'Templates', href: '/admin/mail_templates', current: current === 'templates' },
  ]
}

function groupIn(text: string | null): Group {
  return text && Object.hasOwn(GROUPS, text) ? (text as Group) : 'failed'
}
