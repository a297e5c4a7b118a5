import { listOwn, repliesTo } from '#models/feedback/list'
import { placeIn } from '#models/lists/query_string'
import { neighbours } from '#pages/list_parts'
import { iso, lately } from '#registries/formats'
import { feedbackStatuses } from '#registries/terms'

/** New to the people who read it is not new to its author. */
const RECEIVED = { ...feedbackStatuses.new, label: 'Received' }

/** The state of `pages/feedback/index`. */
export async function ownFeedbackState(userId: string, query: Record<string, unknown>) {
  const position = placeIn(query)
  const page = await listOwn(userId, position)
  const replies = await repliesTo(page.rows.map(({ id }) => id))
  return {
    feedback: page.rows.map((row) => ({
      id: row.id,
      message: row.message,
      page: row.page,
      at: iso(row.created_at),
      when: lately(row.created_at),
      status: row.status === 'new' ? RECEIVED : feedbackStatuses[row.status],
      replies: replies
        .filter((reply) => reply.feedback_id === row.id)
        .map(({ body, created_at: at }) => ({ body, at: iso(at), when: lately(at) })),
    })),
    list: {
      summary: `${page.rows.length} shown, newest first`,
      ...neighbours(page, (place) => `/feedback?${new URLSearchParams(place)}`),
    },
  }
}
