import { today } from '#models/days'
import { isSettled } from '#models/raid/transitions'
import type RaidItem from '#models/raid_item'

/**
 * Sets the dates of a new status: when an entry was closed, and when a decision was taken, unless another date was
 * given.
 */
export function dateStatus(item: RaidItem) {
  if (!item.$dirty.status) return
  const settled = isSettled(item.type, item.status)
  item.closedOn = settled ? (item.closedOn ?? today()) : null
  // A decision in an imported file may be old.
  if (item.type === 'decision' && item.$isPersisted) dateDecision(item)
}

function dateDecision(item: RaidItem) {
  if (item.status === 'decided') item.decidedOn ??= today()
  else if (item.status === 'proposed' && !('decidedOn' in item.$dirty)) item.decidedOn = null
}
