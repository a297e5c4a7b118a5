import RaidEscalation from '#models/raid_escalation'
import type RaidItem from '#models/raid_item'

/** An entry whose level was changed without a word, as programs do, has no longer asked that of another one. */
export async function endOther(item: RaidItem) {
  const live = await RaidEscalation.liveOf(item)
  if (live && live.level !== item.escalation) await live.end('taken_back', 'The level was changed.')
}
