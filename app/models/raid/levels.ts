import RaidEscalation from '#models/raid_escalation'
import type RaidItem from '#models/raid_item'

/** Entries whose level was changed without a word, as programs and files do, have no longer asked that of another one. */
export async function endOthers(items: RaidItem[]) {
  if (items.length === 0) return
  const levels = new Map(items.map(({ id, escalation }) => [id, escalation]))
  const live = await RaidEscalation.liveAmong(items)
  const ended = live.filter(({ raidItemId, level }) => level !== levels.get(raidItemId))
  await RaidEscalation.endMany(ended, 'The level was changed.')
}
