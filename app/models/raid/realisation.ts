import { today } from '#models/days'
import type Project from '#models/project'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import RaidReader from '#models/raid_reader'
import { refuse } from '#models/violation'

/** Only an open risk can come true. */
export function mayBeRealised(item: RaidItem) {
  return item.type === 'risk' && !item.isSettled && item.status !== 'draft'
}

/**
 * The risk came true: it is realised, and an issue takes over what is known about it, and what was asked about it.
 * Returns the issue, linked to the risk.
 */
export async function realise(risk: RaidItem, project: Project, lockVersion: number) {
  if (!mayBeRealised(risk)) refuse('status', 'A draft or settled risk cannot become an issue')
  await risk.revise({ status: 'realised' }, lockVersion, 'raid_item.realised')
  const issue = await RaidItem.raise(project, inheritedFrom(risk), await RaidReader.of(risk))
  await RaidLink.create({ fromId: risk.id, toId: issue.id, kind: 'realised_as' })
  await (await RaidEscalation.liveOf(risk))?.passOn(issue, project)
  return issue
}

function inheritedFrom(risk: RaidItem) {
  const { title, description, ownerId, ownerLabel, sensitivity, escalation } = risk
  return {
    title,
    description,
    ownerId,
    ownerLabel,
    sensitivity,
    escalation,
    type: 'issue',
    issueKind: 'problem_concern',
    severity: risk.currentImpact,
    raisedOn: today(),
  } as const
}
