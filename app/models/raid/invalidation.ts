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
  const disproved = await disprovedAmong([item])
  if (disproved.has(item.id)) return
  refuse('reason', 'Enter why it proved false, or first link the risk or issue it led to')
}

/** The ids of those assumptions that led to a risk or issue which was not rejected. */
export async function disprovedAmong(assumptions: { id: string }[]): Promise<Set<string>> {
  const ids = assumptions.map(({ id }) => id)
  if (ids.length === 0) return new Set()
  const links = await RaidLink.query()
    .where('kind', 'invalidated_by')
    .whereRaw('from_id = any(?)', [ids])
    .whereIn('to_id', RaidItem.query().select('id').whereNot('status', 'rejected'))
  return new Set(links.map(({ fromId }) => fromId))
}
