import type { RaidType } from '#models/raid/enumerations'
import { nextStatuses } from '#models/raid/transitions'
import type RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'

/** How an entry of each type is closed as a duplicate; the first that its status allows. */
const endings: Record<RaidType, string[]> = {
  risk: ['closed', 'rejected'],
  assumption: ['retired'],
  issue: ['closed', 'resolved'],
  dependency: ['cancelled'],
  decision: ['superseded'],
}

/** The status in which a duplicate ends; null when nothing may follow its present one. */
export function endingOf({ type, status }: Pick<RaidItem, 'type' | 'status'>) {
  return endings[type].find((ending) => nextStatuses(type, status).includes(ending)) ?? null
}

/** Closes an entry that duplicates another, and links the two. Expects both to be locked. */
export async function closeAsDuplicate(item: RaidItem, of: RaidItem) {
  item.status = endingOf(item)!
  await item.saveRevision('raid_item.status_changed')
  await linkDuplicate(item, of)
}

/** Marks an entry as a duplicate of another, and leaves both open. */
export async function linkDuplicate(item: RaidItem, of: RaidItem) {
  if (await RaidLink.exists(item, of, 'duplicate_of')) return
  await RaidLink.join(item, of, 'duplicate_of')
}
