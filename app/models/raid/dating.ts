import { today } from '#models/days'
import { isSettled } from '#models/raid/transitions'
import type RaidItem from '#models/raid_item'

/** Dates what a new status says: when an entry was closed, and when a decision was taken, where nobody said another day. */
export function dateStatus(item: RaidItem) {
  if (!item.$dirty.status) return
  const settled = isSettled(item.type, item.status)
  item.closedOn = settled ? (item.closedOn ?? today()) : null
  // What a file brings decided may have been so for long.
  if (item.type === 'decision' && item.$isPersisted) dateDecision(item)
}

function dateDecision(item: RaidItem) {
  if (item.status === 'decided') item.decidedOn ??= today()
  else if (item.status === 'proposed' && !('decidedOn' in item.$dirty)) item.decidedOn = null
}
