import Comment from '#models/comment'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import { refuse } from '#models/violation'

/**
 * An assumption that proved false must lead somewhere: to a linked risk or issue that was not rejected, or to a reason,
 * which is kept as a comment. Throws a validation error when there is neither.
 */
export async function invalidate(
  item: RaidItem,
  project: Project,
  reason: string | null | undefined
) {
  if (reason) return Comment.add(item, project, reason)
  const link = await RaidLink.query()
    .where('kind', 'invalidated_by')
    .where('from_id', item.id)
    .whereIn('to_id', RaidItem.query().select('id').whereNot('status', 'rejected'))
    .first()
  if (link) return
  refuse('reason', 'Enter why it proved false, or first link the risk or issue it led to')
}
