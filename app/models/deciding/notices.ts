import { daysBetween, inWords, today } from '#models/days'
import { outcomes } from '#models/deciding/enumerations'
import type Round from '#models/deciding/round'
import type Gate from '#models/gate'
import type GateDecision from '#models/gate_decision'
import GateReworkCriterion from '#models/gate_rework_criterion'
import Membership from '#models/membership'
import { presentOrOffice } from '#models/membership/standing_in'
import { mentionOf } from '#models/mention'
import { notifyAll, type NewNotification } from '#models/notification'
import type Project from '#models/project'
import ProjectMember from '#models/project_member'

/** Tells the deciders what is asked of them, and the others on the project that the gate was submitted. */
export async function tellSubmitted(round: Round) {
  const speakers = holdersAt(round)
  const others = (await peopleOf(round.project)).filter((id) => !speakers.includes(id))
  const submitted = notice(round, {
    kind: 'gate_submitted',
    to: others,
    title: `${nameOf(round)} was submitted by ${mentionOf(round.review.submittedBy)}`,
    key: `gate-submitted:${round.review.id}`,
  })
  await notifyAll([submitted, round.review.isPolling ? askConfidence(round) : askVotes(round)])
}

/** Tells everybody at the table that votes are given now. */
export function tellVotesNeeded(round: Round) {
  return notifyAll([askVotes(round)])
}

/** Reminds those at each table who have not spoken yet. */
export function tellReminders(rounds: Round[]) {
  return notifyAll(
    rounds.map((round) =>
      notice(round, {
        kind: 'gate_reminder',
        to: silentIn(round).flatMap(({ holderId }) => holderId ?? []),
        title: `${nameOf(round)} waits for you`,
        detail: `It is to be decided by ${inWords(round.review.decideBy)}.`,
        key: `gate-reminder:${round.review.id}`,
      })
    )
  )
}

/** Tells the same people, and the chair who records the decision, that the day is over: again each week. */
export function tellOverdue(rounds: Round[]) {
  return notifyAll(
    rounds.map((round) => {
      const { id, decideBy } = round.review
      const asked = [...silentIn(round), ...(round.chair ? [round.chair] : [])]
      const weeks = Math.floor((daysBetween(decideBy, today()) - 1) / 7)
      return notice(round, {
        kind: 'gate_reminder',
        to: asked.flatMap(({ holderId }) => holderId ?? []),
        title: `${nameOf(round)} is overdue`,
        detail: `It was to be decided by ${inWords(decideBy)}.`,
        key: `gate-overdue:${id}:${weeks}`,
      })
    })
  )
}

function silentIn(round: Round) {
  return round.review.isPolling
    ? round.polled.filter(({ memberId }) => !round.answered.includes(memberId))
    : round.seats.filter(({ memberId }) => round.voteOf(memberId) === null)
}

/** Tells those who can take each back that no decision can fall any more, as people left the table. */
export async function tellImpasses(rounds: Round[]) {
  if (rounds.length === 0) return
  const office = await Membership.holding('pmo')
  await notifyAll(
    rounds.map((round) =>
      notice(round, {
        kind: 'gate_reminder',
        to: [round.review.submittedBy, ...office],
        title: `${nameOf(round)} cannot be decided any more`,
        detail:
          'Too few are left who may decide it. Take the submission back, name who decides, and submit it again.',
        key: `gate-impasse:${round.review.id}`,
      })
    )
  )
}

/** Tells those who would take it up again that the day came until which a gate was put off. */
export async function tellRevisit(project: Project, gate: Gate, decision: GateDecision) {
  const managers = await presentOrOffice([project.managerId])
  await notifyAll([
    {
      kind: 'gate_reminder',
      to: [...managers, project.sponsorId, decision.chairId].filter((id) => id !== null),
      project,
      path: `/projects/${project.id}/gates/${gate.id}`,
      title: `${gate.ref} ${gate.name} was put off until today`,
      detail: `It was deferred to ${inWords(decision.revisitOn!)}: prepare it again, and submit it.`,
      key: `gate-revisit:${decision.id}`,
    },
  ])
}

/** Tells those who were asked that nothing is asked of them any more, and those who were told that it was submitted. */
export async function tellWithdrawn(round: Round) {
  const { review } = round
  const speakers = holdersAt(round)
  const others = [...(await peopleOf(round.project)), review.submittedBy]
  const about = {
    kind: 'gate_submitted' as const,
    detail: review.withdrawalReason,
    key: `gate-withdrawn:${review.id}`,
  }
  await notifyAll([
    notice(round, {
      ...about,
      to: speakers,
      title: `${nameOf(round)} was taken back: no vote is needed`,
    }),
    notice(round, {
      ...about,
      to: others.filter((id) => !speakers.includes(id)),
      title: `${nameOf(round)} was taken back by ${mentionOf(review.withdrawnBy!)}`,
    }),
  ])
}

/** Tells everybody on the project and at the table what was decided. */
export async function tellDecided(round: Round, decision: GateDecision) {
  const people = [...(await peopleOf(round.project)), round.review.submittedBy]
  const what = wordsFor(decision)
  const isCorrection = decision.supersedesId !== null
  await notifyAll([
    notice(round, {
      kind: 'gate_decided',
      to: [...people, ...holdersAt(round)],
      title: isCorrection
        ? `The decision on ${nameOf(round)} was corrected: ${what}`
        : `${nameOf(round)} was decided: ${what}`,
      detail: await askedFor(decision),
      key: `gate-decided:${decision.id}`,
    }),
  ])
}

function wordsFor({ outcome, revisitOn }: GateDecision) {
  const what = outcomes[outcome].toLowerCase()
  return revisitOn ? `${what} to ${inWords(revisitOn)}` : what
}

/** The minutes, below what has to be met before the gate comes again. */
async function askedFor({ id, rationale }: GateDecision) {
  const criteria = await GateReworkCriterion.namedIn({ id })
  const titles = criteria.map(({ title }) => title.replace(/\.$/, ''))
  return titles.length > 0 ? `To be met first: ${titles.join('; ')}.\n\n${rationale}` : rationale
}

function askConfidence(round: Round) {
  return notice(round, {
    kind: 'vote_needed',
    to: round.polled.flatMap(({ holderId }) => holderId ?? []),
    title: `How sure are you of ${nameOf(round)}?`,
    detail: `Your confidence is asked before votes are given. Decide by ${inWords(round.review.decideBy)}.`,
    key: `gate-confidence:${round.review.id}`,
  })
}

function askVotes(round: Round) {
  return notice(round, {
    kind: 'vote_needed',
    to: holdersAt(round),
    title: `Your vote on ${nameOf(round)} is needed`,
    detail: `Decide by ${inWords(round.review.decideBy)}.`,
    key: `gate-vote:${round.review.id}`,
  })
}

type Told = Pick<NewNotification, 'kind' | 'to' | 'title' | 'detail' | 'key'>

function notice({ project, gate, review }: Round, told: Told): NewNotification {
  const path = `/projects/${project.id}/gates/${gate.id}/reviews/${review.id}`
  return { project, path, ...told }
}

function nameOf({ gate }: Round) {
  return `${gate.ref} ${gate.name}`
}

function holdersAt({ seats }: Round) {
  return seats.flatMap(({ holderId }) => holderId ?? [])
}

/** Manager, sponsor, team and gate deciders: whoever works on the project or decides about it. */
async function peopleOf(project: Project) {
  const roles = await ProjectMember.query()
    .where('project_id', project.id)
    .whereIn('role', ['gate_decider', 'team'])
  return [
    project.managerId,
    project.sponsorId,
    ...roles.map(({ membershipId }) => membershipId),
  ].filter((id): id is string => id !== null)
}
