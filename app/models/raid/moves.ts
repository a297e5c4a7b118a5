import { bothAgree, isShared } from '#models/raid/agreement'
import type { Side } from '#models/raid/enumerations'
import { nextStatuses } from '#models/raid/transitions'
import type RaidItem from '#models/raid_item'

type Moving = Pick<
  RaidItem,
  'type' | 'status' | 'counterpartProjectId' | 'homeAnswer' | 'counterpartAnswer'
>

/**
 * The statuses that may follow the present one. Agreement between two projects comes about through their answers, and
 * only the one that asked can cancel it.
 */
export function movesOf(item: Moving, side: Side = 'home') {
  const next = nextStatuses(item.type, item.status)
  if (!isShared(item)) return next
  return next.filter(
    (status) =>
      (status !== 'agreed' || bothAgree(item)) &&
      (side === 'home' || !['cancelled', 'proposed'].includes(status))
  )
}
