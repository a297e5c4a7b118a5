import { inWords } from '#models/days'
import { verifiersOf } from '#models/condition/verifiers'
import { chairHolder, chairHolders } from '#models/deciding/chair'
import Gate from '#models/gate'
import type GateCondition from '#models/gate_condition'
import Membership from '#models/membership'
import { eachOrOffice, presentOrOffice } from '#models/membership/standing_in'
import { mentionOf } from '#models/text/mention'
import { notify, notifyAll, type NewNotification } from '#models/notification'
import type Project from '#models/project'

/** Notifies the people who can verify a condition. */
export async function tellClaimed(project: Project, condition: GateCondition) {
  await notify(
    notice(project, condition, {
      kind: 'condition_due',
      to: await verifiersOf(project, condition),
      title: `${condition.ref} was claimed as met by ${mentionOf(condition.claimedBy!)} and needs verifying`,
      detail: condition.claim,
      key: `condition-claimed:${condition.id}:${condition.lockVersion}`,
    })
  )
}

/** Tells its owner that more is needed; if they have left, the PMO that someone else has to take over. */
export async function tellSentBack(project: Project, condition: GateCondition) {
  const to = await presentOrOffice([condition.ownerId])
  const isLeft = !to.includes(condition.ownerId)
  await notify(
    notice(project, condition, {
      kind: 'condition_due',
      to,
      title: `${condition.ref} was sent back ${isLeft ? 'and needs a new owner' : 'to you'}`,
      detail: condition.answer,
      key: `condition-sent-back:${condition.id}:${condition.lockVersion}`,
    })
  )
}

/** Tells its owner that nothing is left to do: it is met, or was waived. */
export function tellSettled(project: Project, condition: GateCondition) {
  const became = condition.state === 'waived' ? 'waived' : 'verified'
  return notify(
    notice(project, condition, {
      kind: 'condition_due',
      to: [condition.ownerId],
      title: `${condition.ref} was ${became} by ${mentionOf(condition.answeredBy!)}`,
      detail: condition.answer,
      key: `condition-settled:${condition.id}:${condition.lockVersion}`,
    })
  )
}

/** Tells its new owner what is theirs now, and the previous one that it no longer is. */
export function tellHandedOver(project: Project, condition: GateCondition, before: string) {
  const about = { detail: condition.text, kind: 'condition_due' as const }
  return notifyAll([
    notice(project, condition, {
      ...about,
      to: [condition.ownerId],
      title: `You now own ${condition.ref}, due on ${inWords(condition.dueOn)}`,
      key: `condition-given:${condition.id}:${condition.lockVersion}`,
    }),
    notice(project, condition, {
      ...about,
      to: [before],
      title: `${condition.ref} was handed over to ${mentionOf(condition.ownerId)}`,
      key: `condition-taken:${condition.id}:${condition.lockVersion}`,
    }),
  ])
}

/** A condition and its project. */
type Place = { project: Project; condition: GateCondition }

/**
 * Tells its owner that a condition is falling due; once, however often it is checked. If the owner has left, the PMO is
 * told that someone else has to take over.
 */
export async function tellDue(due: Place[]) {
  const toldFor = await eachOrOffice(due.map(({ condition }) => condition.ownerId))
  await notifyAll(
    due.map(({ project, condition }) => {
      const to = toldFor(condition.ownerId)
      const isLeft = !to.includes(condition.ownerId)
      const dueOn = `due on ${inWords(condition.dueOn)}: ${condition.text}`
      return notice(project, condition, {
        kind: 'condition_due',
        to,
        title: `${condition.ref} ${isLeft ? 'needs a new owner,' : 'is'} ${dueOn}`,
        detail: isLeft ? 'Its owner is no longer a member.' : null,
        key: `condition-due:${condition.id}:${condition.ownerId}`,
      })
    })
  )
}

/** Tells those responsible for the work that its approval no longer holds; once for each condition. */
export async function tellLapsed(lapsed: Place[]) {
  if (lapsed.length === 0) return
  const gates = await gatesOf(lapsed)
  const office = await Membership.holding('pmo')
  await notifyAll(
    lapsed.map(({ project, condition }) => {
      const { gate, chair } = gates.get(condition.gateId)!
      return notice(project, condition, {
        kind: 'approval_lapsed',
        to: answerable(project, condition, [chair, ...office]),
        title: `The approval of ${gate.ref} ${gate.name} has lapsed`,
        detail: `${condition.ref} was due on ${inWords(condition.dueOn)} and is not met: ${condition.text}`,
        key: `approval-lapsed:${condition.id}`,
      })
    })
  )
}

/** The gates that imposed them by id, each with its chair today. */
async function gatesOf(lapsed: Place[]) {
  const projects = new Map(lapsed.map(({ project, condition }) => [condition.gateId, project]))
  const gates = await Gate.findMany([...projects.keys()])
  const places = gates.map((gate) => {
    const project = projects.get(gate.id)!
    return { project, gate: gate.refersTo(project) }
  })
  const chairs = await chairHolders(places)
  return new Map(places.map(({ gate }, at) => [gate.id, { gate, chair: chairs[at] }]))
}

/** Tells the same people that it holds again. */
export async function tellRecovered(project: Project, gate: Gate, condition: GateCondition) {
  const office = await Membership.holding('pmo')
  const chair = await chairHolder(project, gate)
  await notify(
    notice(project, condition, {
      kind: 'approval_lapsed',
      to: answerable(project, condition, [chair, ...office]),
      title: `The approval of ${gate.ref} ${gate.name} was restored`,
      key: `approval-recovered:${condition.id}`,
    })
  )
}

function answerable(project: Project, { ownerId }: GateCondition, others: (string | null)[]) {
  const people = [project.managerId, project.sponsorId, ownerId, ...others]
  return people.filter((id): id is string => id !== null)
}

type Told = Pick<NewNotification, 'kind' | 'to' | 'title' | 'detail' | 'key'>

function notice(project: Project, { id }: GateCondition, told: Told): NewNotification {
  return { project, path: `/projects/${project.id}/conditions/${id}`, ...told }
}
