import type { Viewer } from '#identity/viewer'
import { kindOptions } from '#pages/condition_kinds'
import { conditionOwners } from '#models/condition/owners'
import { conditionKinds } from '#models/condition/enumerations'
import {
  bars,
  outcomeMeanings,
  outcomes,
  seatRoles,
  votes,
  type Outcome,
} from '#models/deciding/enumerations'
import type Round from '#models/deciding/round'
import type { Obstacle } from '#models/deciding/rules'
import type { Seat } from '#models/deciding/seats'
import { decisionRules } from '#models/gate_defaults'
import GateConditionProposal from '#models/gate_condition_proposal'
import GateCriterion from '#models/gate_criterion'
import GatePollAnswer from '#models/gate_poll_answer'
import Membership from '#models/membership'
import RoundPolicy from '#policies/round_policy'
import { ruleHints } from '#registries/deciding_terms'
import { iso } from '#registries/formats'

type Names = Map<string, string>

/** The board, its votes so far, and what the viewer may do. */
export async function tableState(round: Round, viewer: Viewer, names: Names) {
  const { project, gate, review } = round
  const policy = new RoundPolicy()
  const speaks = review.isOpen && policy.speak(viewer, round, project)
  const chairs = review.isOpen && policy.chair(viewer, round, project)
  const mine = round.seatOf(viewer.membershipId)
  const criteria = chairs ? await GateCriterion.of(gate) : []
  return {
    rule: {
      label: decisionRules[review.decisionRule],
      hint: ruleHints[review.decisionRule],
      quorum: review.quorum,
      isAlone: review.decisionRule === 'sole_decider',
      isByChair: ['sole_decider', 'chair_after_advice'].includes(review.decisionRule),
    },
    seats: round.seats.map((seat) => seatState(seat, round, names)),
    poll: await pollState(round, mine),
    mine: mine && { ...mineState(mine, round, names), hasSpoken: hasSpoken(mine, round) },
    standing: standingState(round, names),
    proposals: await proposalStates(round),
    owners: speaks ? await conditionOwners(project) : [],
    kinds: speaks ? await kindOptions(gate) : [],
    criteria: criteria.map(({ id, title, position }) => ({ id, title: `${position}. ${title}` })),
    can: {
      speak: speaks,
      chair: chairs,
      withdraw: review.isOpen && policy.withdraw(viewer, review, project),
    },
  }
}

function seatState(seat: Seat, round: Round, names: Names) {
  const vote = round.votes.find(({ deciderId }) => deciderId === seat.memberId)
  const counts = vote !== undefined && round.voteOf(seat.memberId) !== null
  return {
    name: nameOf(seat.memberId, names),
    role: seatRoles[seat.role],
    required: seat.required,
    deputy: seat.deputyId && nameOf(seat.deputyId, names),
    bar: seat.bar && bars[seat.bar],
    vote: vote?.vote ?? null,
    voteLabel: vote && votes[vote.vote],
    isVoid: vote !== undefined && (!counts || seat.bar !== null),
    comment: vote?.comment ?? null,
    castBy: vote && vote.castBy !== seat.memberId ? nameOf(vote.castBy, names) : null,
    castAt: vote ? iso(vote.castAt) : null,
    hasAnswered: round.answered.includes(seat.memberId),
  }
}

async function pollState(round: Round, mine: Seat | null) {
  const { review } = round
  if (!review.isPolled) return null
  const asked = round.polled
  const own = mine
    ? await GatePollAnswer.in(review).where('decider_id', mine.memberId).first()
    : null
  return {
    isRunning: review.isPolling,
    asked: asked.length,
    answered: asked.filter(({ memberId }) => round.answered.includes(memberId)).length,
    own: own?.score ?? null,
    spread: review.isPolling ? null : await round.spread(),
  }
}

function mineState(seat: Seat, round: Round, names: Names) {
  const vote = round.votes.find(({ deciderId }) => deciderId === seat.memberId)
  return {
    role: seatRoles[seat.role],
    isAdviser: seat.role === 'adviser',
    standsInFor: seat.deputyId ? nameOf(seat.memberId, names) : null,
    vote: vote?.vote ?? null,
    comment: vote?.comment ?? null,
    choices: Object.entries(votes).map(([value, label]) => ({
      value,
      label,
      hint: value in outcomes ? outcomeMeanings[value as Outcome] : VOTE_HINTS[value],
    })),
  }
}

/** True once the seat has nothing left to give: neither its confidence nor, after that, its vote. */
function hasSpoken({ memberId }: Seat, { review, answered, votes: cast }: Round) {
  if (review.isPolling) return answered.includes(memberId)
  return cast.some(({ deciderId }) => deciderId === memberId)
}

const VOTE_HINTS: Record<string, string> = {
  abstain: 'You take part but do not support an outcome. This counts towards the quorum.',
  recused: 'You step aside because of a conflict of interest. You are not counted.',
}

function standingState(round: Round, names: Names) {
  const { possible, obstacles, present } = round.standing
  return {
    present,
    possible: possible.map((value) => ({
      value,
      label: outcomes[value],
      hint: outcomeMeanings[value],
    })),
    obstacles: obstacles.map((obstacle) => obstacleInWords(obstacle, names)),
    chairName: round.chair && nameOf(round.chair.holderId ?? round.chair.memberId, names),
  }
}

/** What a decision waits for, in words. */
function obstacleInWords(obstacle: Obstacle, names: Names): string {
  const those = (members: string[]) => members.map((id) => nameOf(id, names)).join(', ')
  switch (obstacle.code) {
    case 'poll':
      return 'The confidence poll is not open yet.'
    case 'no_chair':
      return 'The chair cannot decide or has stepped aside. Name a deputy for the chair, or withdraw the submission and choose another chair.'
    case 'quorum':
      return `${obstacle.present} of at least ${obstacle.quorum} people have voted.`
    case 'required':
      return `Waiting for required votes: ${those(obstacle.members)}.`
    case 'votes_missing':
      return `Waiting for votes that could change the outcome: ${those(obstacle.members)}.`
    case 'no_majority':
      return 'No outcome has more than half of the votes. Deciders can still change their votes.'
    case 'disagreement':
      return 'The votes differ. Deciders can still change them.'
  }
}

async function proposalStates({ review }: Round) {
  const proposals = await GateConditionProposal.in(review)
  const names = await Membership.names(
    proposals.flatMap(({ ownerId, proposedBy }) => [ownerId, proposedBy])
  )
  return proposals.map(({ id, text, ownerId, kind, dueOn, proposedBy }) => ({
    id,
    text,
    dueOn,
    kind: conditionKinds[kind],
    owner: nameOf(ownerId, names),
    proposedBy: nameOf(proposedBy, names),
  }))
}

function nameOf(id: string, names: Names) {
  return names.get(id) ?? 'A former member'
}
