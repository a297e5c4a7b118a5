import { isAddress, lineOf } from '#mails/headers'
import { mailLink } from '#mails/links'
import type { NewMail } from '#mails/outbox'
import { unsubscribePath } from '#mails/unsubscribing'
import type { NewNotification, Section } from '#models/notification'
import type { Reader } from '#models/notification/audience'
import { kindOf } from '#models/notification/kinds'

/**
 * The mail that notifies one reader; none when their address cannot receive mail. User input is made safe for a header
 * here, so that a stray character in a title rolls back no one’s work.
 */
export function mailFor(notice: NewNotification, reader: Reader): NewMail<'notification'>[] {
  const { membershipId, email } = reader
  if (!isAddress(email)) return []
  const { action, when, mandatory } = kindOf(notice.kind)
  return [
    {
      template: 'notification',
      to: { email, name: lineOf(reader.name) || null, membershipId },
      data: {
        title: lineOf(notice.title),
        paragraphs: paragraphsOf(notice),
        organisation: lineOf(reader.organisation),
        project: notice.project ? lineOf(`${notice.project.code} ${notice.project.name}`) : null,
        sections: (notice.sections ?? []).map(withLinks),
        path: notice.path,
        action,
        when,
        mandatory: mandatory ?? null,
      },
      ...(!mandatory && { unsubscribePath: unsubscribePath({ membershipId, kind: notice.kind }) }),
      key: mailKey(membershipId, notice.key),
    },
  ]
}

function withLinks({ lines, ...section }: Section) {
  return {
    ...section,
    lines: lines.map(({ text, on, path }) => ({ text: lineOf(text), on, url: mailLink(path) })),
  }
}

/** The outbox key of the mail that notifies a member of an occasion. */
function mailKey(membershipId: string, key: string) {
  return `notice:${membershipId}:${key}`
}

const KEPT_HERE = 'Access to this entry is restricted, so its text stays in Orchestrate.'

/** A mail reaches further than the log: what is kept to a few people is not written into it. */
function paragraphsOf({ detail, isKeptHere, item, sections }: NewNotification) {
  if (!detail || sections) return []
  if (isKeptHere || (item && item.sensitivity !== 'normal')) return [KEPT_HERE]
  return detail.split(/\n{2,}/).map((text) => text.trim())
}
