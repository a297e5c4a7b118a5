import Project from '#models/project'
import { tellTakenBack } from '#models/raid/escalation_notices'
import RaidEscalation from '#models/raid_escalation'
import type RaidItem from '#models/raid_item'

/** Entries whose level was changed without a comment, as programs and files do, no longer ask the previous level. */
export async function endOthers(items: RaidItem[]) {
  if (items.length === 0) return
  const byId = new Map(items.map((item) => [item.id, item]))
  const live = await RaidEscalation.liveAmong(items)
  const ending = live
    .map((escalation) => ({ escalation, item: byId.get(escalation.raidItemId)! }))
    .filter(({ escalation, item }) => escalation.level !== item.escalation)
  if (ending.length === 0) return
  const reason = 'The level was changed.'
  await tellTakenBack(ending, await Project.findOrFail(items[0].projectId), reason)
  await RaidEscalation.endMany(
    ending.map(({ escalation }) => escalation),
    reason
  )
}
