import type Feedback from '#models/feedback'
import { listInbox, repliesTo } from '#models/feedback/list'
import { feedbackStatuses, stepsFrom, type FeedbackStatus } from '#models/feedback/states'
import { encodeCursor } from '#models/lists/keyset'
import { placeIn, textOf } from '#models/lists/query_string'
import { mailStates } from '#pages/mails/mail_pages'
import { iso, lately } from '#registries/formats'
import * as terms from '#registries/terms'

const HOME = '/admin/feedback'

/** The label of each step's button. */
const STEPS: Record<FeedbackStatus, string> = {
  new: 'Mark as new',
  in_progress: 'Take up',
  answered: 'Mark as answered',
  closed: 'Close',
}

/** The state of `pages/backoffice/feedback/index`. The inbox opens at new feedback. */
export async function inboxState(query: Record<string, unknown>) {
  const shown = shownState(textOf(query, 'status'))
  const position = placeIn(query)
  const page = await listInbox(shown === 'all' ? null : shown, position)
  const link = (name: string, cursor: Parameters<typeof encodeCursor>[0] | null) =>
    cursor && `${HOME}?status=${shown}&${name}=${encodeCursor(cursor)}`
  return {
    tabs: [...Object.entries(feedbackStatuses), ['all', 'All']].map(([status, label]) => ({
      label,
      href: status === 'new' ? HOME : `${HOME}?status=${status}`,
      current: status === shown,
    })),
    isAll: shown === 'all',
    feedback: page.rows.map((row) => ({
      id: row.id,
      message: row.message,
      page: row.page,
      author: row.author ?? 'A former account',
      at: iso(row.created_at),
      when: lately(row.created_at),
      status: terms.feedbackStatuses[row.status],
    })),
    list: {
      summary: `${page.rows.length} shown, newest first`,
      previous: link('before', page.previous),
      next: link('after', page.next),
    },
  }
}

/** The state of `pages/backoffice/feedback/show`. */
export async function inboxEntryState(feedback: Feedback) {
  const replies = await repliesTo([feedback.id])
  const author = await feedback.author()
  return {
    feedback: {
      id: feedback.id,
      message: feedback.message,
      page: feedback.page,
      author,
      at: feedback.createdAt.toISO(),
      when: lately(feedback.createdAt),
      status: terms.feedbackStatuses[feedback.status],
      lockVersion: feedback.lockVersion,
    },
    steps: stepsFrom(feedback.status).map((status) => ({ status, label: STEPS[status] })),
    replies: replies.map(({ body, created_at: at, mail_status: status }) => ({
      body,
      at: iso(at),
      when: lately(at),
      mail: mailStates[status],
    })),
  }
}

function shownState(text: string | null): FeedbackStatus | 'all' {
  if (text === 'all') return text
  return text && Object.hasOwn(feedbackStatuses, text) ? (text as FeedbackStatus) : 'new'
}
