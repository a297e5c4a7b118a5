import { isAddress, lineOf } from '#mails/headers'
import type { NewMail } from '#mails/outbox'
import { unsubscribePath } from '#mails/unsubscribing'
import type { NewNotification } from '#models/notification'
import type { Reader } from '#models/notification/audience'
import { kindOf } from '#models/notification/kinds'

/**
 * The mail that tells one reader; none where their address is no address that mail can go to. What people
 * typed is made fit for a header here, so that a stray character in a title undoes nobody’s work.
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
        project: notice.project ? lineOf(`${notice.project.code} ${notice.project.name}`) : null,
        path: notice.path,
        action,
        when,
        mandatory: mandatory ?? null,
      },
      ...(!mandatory && { unsubscribePath: unsubscribePath({ membershipId, kind: notice.kind }) }),
      key: `notice:${membershipId}:${notice.key}`,
    },
  ]
}

const KEPT_HERE = 'The entry is kept to a few people, so its text stays in Orchestrate.'

/** A mail goes further than the log: what is kept to a few people is not written into it. */
function paragraphsOf({ detail, item }: NewNotification) {
  if (!detail) return []
  if (item && item.sensitivity !== 'normal') return [KEPT_HERE]
  return detail.split(/\n{2,}/).map((text) => text.trim())
}
