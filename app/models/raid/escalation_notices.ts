import Membership from '#models/membership'
import { mentionOf } from '#models/text/mention'
import { notify, notifyAll } from '#models/notification'
import type Project from '#models/project'
import { answerersAbove } from '#models/raid/answerers'
import { escalations } from '#models/raid/enumerations'
import type RaidEscalation from '#models/raid_escalation'
import type RaidItem from '#models/raid_item'

/** Notifies the people asked: the person named, or those responsible for the level. */
export async function tellEscalated(escalation: RaidEscalation, item: RaidItem, project: Project) {
  await notify({
    kind: 'escalation',
    to: (await askedAbove(project, [escalation]))(escalation),
    title: `${item.calling} was escalated to the ${levelOf(escalation)}`,
    detail: `${escalation.reason}\n\nAsked: ${escalation.ask}`,
    key: `escalated:${escalation.id}`,
    project,
    item,
    path: pathOf(item),
  })
}

/** Tells those who escalated it, and those who own it, the level's answer. */
export async function tellAnswered(escalation: RaidEscalation, item: RaidItem, project: Project) {
  // A program that acts for the organisation has no name.
  const by = escalation.answeredBy ? mentionOf(escalation.answeredBy) : 'A service'
  const did = escalation.state === 'accepted' ? 'took on' : 'returned'
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

/**
 * Tells those who were asked, and the person who accepted it, that the question is withdrawn; except those whom the
 * entry asks something else. Call it before the escalations end: afterwards they no longer say who accepted them.
 */
export async function tellTakenBack(
  ending: { escalation: RaidEscalation; item: RaidItem }[],
  project: Project,
  reason: string,
  next?: RaidEscalation
) {
  const askedOf = await askedAbove(
    project,
    ending.map(({ escalation }) => escalation)
  )
  const others = next ? (await askedAbove(project, [next]))(next) : []
  await notifyAll(
    ending.map(({ escalation, item }) => ({
      kind: 'escalation',
      to: [
        ...askedOf(escalation),
        ...(escalation.answeredBy ? [escalation.answeredBy] : []),
      ].filter((id) => !others.includes(id)),
      title: `The escalation of ${item.calling} to the ${levelOf(escalation)} was withdrawn`,
      detail: `${reason}\n\nAsked: ${escalation.ask}`,
      key: `escalation-taken-back:${escalation.id}`,
      project,
      item,
      path: pathOf(item),
    }))
  )
}

/**
 * The people whom each of these asks: the one named, while they are a member, otherwise those responsible for its
 * level.
 */
async function askedAbove(project: Project, asking: RaidEscalation[]) {
  const levels = await answerersAbove(project)
  const present = await Membership.active(asking.flatMap(({ askedOfId }) => askedOfId ?? []))
  return ({ askedOfId, level }: RaidEscalation) =>
    askedOfId && present.has(askedOfId) ? [askedOfId] : levels[level]
}

function levelOf({ level }: RaidEscalation) {
  return escalations[level].toLowerCase()
}

function pathOf(item: RaidItem) {
  return `/projects/${item.projectId}/raid/${item.id}#escalation`
}
