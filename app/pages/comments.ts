import type { Viewer } from '#identity/viewer'
import Comment from '#models/comment'
import ExternalResource from '#models/external_resource'
import { mentionedIn } from '#models/text/mention'
import Membership from '#models/membership'
import { proseOf } from '#pages/prose'

/** How many comments a page shows at first. */
const COMMENTS = 50

/** The comments on a record, latest last; `all` of them, or as many as a page shows at first. */
export async function commentsState(
  on: { raidItemId: string } | { taskId: string },
  viewer: Viewer,
  { all }: { all: boolean }
) {
  const query = Comment.query().where(on).orderBy('id', 'desc')
  if (!all) query.limit(COMMENTS + 1)
  const latest = await query
  const comments = latest.slice(0, all ? latest.length : COMMENTS).reverse()
  const names = await Membership.names([
    ...comments.map((comment) => comment.authorId),
    ...mentionedIn(...comments.map((comment) => comment.body)),
  ])
  const outside = await ExternalResource.names(comments.map((one) => one.authorExternalId))
  const prose = await proseOf(
    comments.map((comment) => comment.body),
    viewer
  )
  return {
    comments: comments.map((comment) => ({
      id: comment.id,
      authorName: names.get(comment.authorId ?? '') ?? outside.get(comment.authorExternalId ?? ''),
      isExternal: comment.authorExternalId !== null,
      createdAt: comment.createdAt.toISO(),
      bodyHtml: prose(comment.body, names),
    })),
    earlierComments: comments.length < latest.length,
  }
}
