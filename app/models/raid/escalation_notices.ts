import { mentionOf } from '#models/mention'
import { notify } from '#models/notification'
import type Project from '#models/project'
import { answerersAbove } from '#models/raid/answerers'
import { escalations } from '#models/raid/enumerations'
import type RaidEscalation from '#models/raid_escalation'
import type RaidItem from '#models/raid_item'

/** Tells whoever is asked: the person named, or who answers for the level. */
export async function tellEscalated(escalation: RaidEscalation, item: RaidItem, project: Project) {
  const level = escalations[escalation.level].toLowerCase()
  await notify({
    kind: 'escalation',
    to: await askedOf(escalation, project),
    title: `${item.calling} was escalated to the ${level}`,
    detail: `${escalation.reason}\n\nAsked: ${escalation.ask}`,
    key: `escalated:${escalation.id}`,
    project,
    item,
    path: pathOf(item),
  })
}

/** Tells those who escalated it, and who own it, what the level answered. */
export async function tellAnswered(escalation: RaidEscalation, item: RaidItem, project: Project) {
  // A program that acts for the organisation is nobody's name.
  const by = escalation.answeredBy ? mentionOf(escalation.answeredBy) : 'A service'
  const did = escalation.state === 'accepted' ? 'took on' : 'gave back'
  const to = [escalation.raisedBy, item.ownerId, project.managerId]
  await notify({
    kind: 'escalation',
    to: to.filter((id): id is string => id !== null),
    title: `${by} ${did} ${item.calling}`,
    detail: escalation.answer,
    key: `escalation-answered:${escalation.id}:${escalation.lockVersion}`,
    project,
    item,
    path: pathOf(item),
  })
}

async function askedOf({ askedOfId, level }: RaidEscalation, project: Project) {
  if (askedOfId) return [askedOfId]
  return (await answerersAbove(project))[level]
}

function pathOf(item: RaidItem) {
  return `/projects/${item.projectId}/raid/${item.id}#escalation`
}
