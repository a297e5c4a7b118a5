import { DateTime } from 'luxon'
import type { Vote } from '#models/deciding/enumerations'
import { openWhenComplete } from '#models/deciding/polling'
import Round from '#models/deciding/round'
import GateVote from '#models/gate_vote'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

type GivenVote = { vote: Vote; comment: string | null }

/** Gives or changes the vote of the seat for which the member at work votes. */
export async function castVote(round: Round, { vote, comment }: GivenVote) {
  round.refuseUnlessOpen()
  if (round.review.isPolling && vote !== 'recused') {
    refuse('vote', 'You can vote when the poll is open')
  }
  if (vote !== 'approved' && !comment)
    refuse('comment', WHY[vote] ?? 'Enter a comment that explains your vote')
  const { memberId, role } = round.mySeat()
  const known = round.votes.find(({ deciderId }) => deciderId === memberId)
  const ballot = known ?? new GateVote()
  ballot.$extras.ref = round.gate.ref
  ballot.merge({
    projectId: round.project.id,
    reviewId: round.review.id,
    deciderId: memberId,
    castBy: Tenancy.current().membershipId!,
    role,
    vote,
    comment,
  })
  if (!ballot.$isDirty) return ballot
  ballot.castAt = DateTime.utc()
  await ballot.auditAs('gate_vote.cast').save()
  await round.takeUp()
  if (vote === 'recused' && round.review.isPolling) await openAfterRecusal(round)
  return ballot
}

const WHY: Partial<Record<Vote, string>> = {
  approved_with_conditions: 'Enter what the conditions should achieve',
  abstain: 'Enter why you abstain',
  recused: 'Enter why you step aside',
}

/** Someone who recuses themselves is no longer asked: theirs may have been the last missing answer. */
async function openAfterRecusal({ project, gate, review }: Round) {
  await openWhenComplete(await Round.of(project, gate, review))
}
