import { DateTime } from 'luxon'
import type Round from '#models/deciding/round'
import { tellVotesNeeded } from '#models/deciding/notices'
import GatePollAnswer from '#models/gate_poll_answer'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** Gives or changes one decider's confidence. The last answer opens the poll. */
export async function giveConfidence(round: Round, score: number) {
  round.refuseUnlessOpen()
  if (!round.review.isPolling)
    refuse('score', 'The poll has been opened, so answers can no longer change')
  const { memberId, role } = round.mySeat()
  if (role === 'adviser') refuse('score', 'Only deciders can give their confidence')
  const known = await GatePollAnswer.in(round.review).where('decider_id', memberId).first()
  const answer = known ?? new GatePollAnswer()
  answer.$extras.ref = round.gate.ref
  await answer
    .merge({
      projectId: round.project.id,
      reviewId: round.review.id,
      deciderId: memberId,
      castBy: Tenancy.current().membershipId!,
      score,
      givenAt: DateTime.utc(),
    })
    .auditAs('gate_poll_answer.given')
    .save()
  await round.takeUp()
  await openWhenComplete(round, [...round.answered, memberId])
}

/** The chair opens the poll before everyone has answered. */
export async function openPoll(round: Round) {
  round.refuseUnlessOpen()
  if (!round.review.isPolling) refuse('poll', 'The poll is already open')
  return open(round)
}

/** Opens the poll once everyone who is asked has answered. */
export async function openWhenComplete(round: Round, answered = round.answered) {
  const asked = round.polled
  if (asked.length === 0 || asked.some(({ memberId }) => !answered.includes(memberId))) return
  await open(round)
}

async function open(round: Round) {
  round.review.pollOpenedAt = DateTime.utc()
  round.review.lockVersion += 1
  await round.review.auditAs('gate_review.poll_opened').save()
  await tellVotesNeeded(round)
}
