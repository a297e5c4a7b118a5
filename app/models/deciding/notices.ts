import { inWords } from '#models/days'
import { outcomes } from '#models/deciding/enumerations'
import { nameOf, notice } from '#models/deciding/notice'
import type Round from '#models/deciding/round'
import type GateDecision from '#models/gate_decision'
import GateReworkCriterion from '#models/gate_rework_criterion'
import { mentionOf } from '#models/text/mention'
import { notifyAll } from '#models/notification'
import type Project from '#models/project'
import ProjectMember from '#models/project_member'

/** Tells the deciders what they have to do, and the others on the project that the gate was submitted. */
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

/** Tells everyone on the board that voting has begun. */
export function tellVotesNeeded(round: Round) {
  return notifyAll([askVotes(round)])
}

/** Tells those who were asked that they no longer have to do anything, and those who were told of the submission. */
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
      title: `${nameOf(round)} was withdrawn, so no vote is needed`,
    }),
    notice(round, {
      ...about,
      to: others.filter((id) => !speakers.includes(id)),
      title: `${nameOf(round)} was withdrawn by ${mentionOf(review.withdrawnBy!)}`,
    }),
  ])
}

/** Tells everyone on the project and the board what was decided. */
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
  return titles.length > 0
    ? `Criteria to meet first: ${titles.join('; ')}.\n\n${rationale}`
    : rationale
}

function askConfidence(round: Round) {
  return notice(round, {
    kind: 'vote_needed',
    to: round.polled.flatMap(({ holderId }) => holderId ?? []),
    title: `How sure are you of ${nameOf(round)}?`,
    detail: `Give your confidence before voting starts. Decide by ${inWords(round.review.decideBy)}.`,
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

function holdersAt({ seats }: Round) {
  return seats.flatMap(({ holderId }) => holderId ?? [])
}

/** Manager, sponsor, team and gate deciders: everyone who works on the project or decides about it. */
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
