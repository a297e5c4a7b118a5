import type { FeedbackStatus } from '#models/feedback/states'
import { queryByIds } from '#models/lists/id_pages'
import type { Page, Place } from '#models/lists/keyset'
import type { MailStatus } from '#models/outbox_mail'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type FeedbackRow = {
  id: string
  message: string
  page: string | null
  status: FeedbackStatus
  created_at: Date
}

/** The inbox also shows who wrote. */
type InboxRow = FeedbackRow & { author: string | null }

type ReplyRow = {
  id: string
  feedback_id: string
  body: string
  mail_status: MailStatus
  created_at: Date
}

const PER_PAGE = 50
const BRIEF = 280

/** One page of all feedback in a state, or in any, newest first; long messages are shortened. */
export function listInbox(status: FeedbackStatus | null, place: Place) {
  return page<InboxRow>(place, (query) => {
    const { trx } = Tenancy.current()
    query
      .select('id', 'page', 'status', 'created_at')
      .select(trx.raw(`left(message, ${BRIEF}) as message`))
      .select(trx.raw(`directory.person(user_id)->>'name' as author`))
    if (status) query.where('status', status)
  })
}

/** One page of what a person told us, newest first. */
export function listOwn(userId: string, place: Place) {
  return page<FeedbackRow>(place, (query) =>
    query.select('id', 'message', 'page', 'status', 'created_at').where('user_id', userId)
  )
}

/** The answers to some feedback, oldest first, each with what became of its mail. */
export async function repliesTo(ids: string[]): Promise<ReplyRow[]> {
  if (ids.length === 0) return []
  const { trx, organisationId } = Tenancy.current()
  return sql(
    trx,
    `select reply.id, reply.feedback_id, reply.body, reply.created_at, mail.status as mail_status
       from feedback_replies reply
       join email_outbox mail
         on mail.organisation_id = reply.organisation_id and mail.id = reply.mail_id
      where reply.organisation_id = ? and reply.feedback_id = any(?) order by reply.id`,
    [organisationId, ids]
  )
}

function page<Row extends FeedbackRow>(
  place: Place,
  narrow: (query: any) => void
): Promise<Page<Row>> {
  const { trx, organisationId } = Tenancy.current()
  const query = trx.from('feedback').where('organisation_id', organisationId)
  narrow(query)
  return queryByIds({ place, ids: 'id', perPage: PER_PAGE }, query)
}
