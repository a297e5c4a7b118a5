import { DateTime } from 'luxon'
import { tellWithdrawn } from '#models/deciding/notices'
import type Round from '#models/deciding/round'
import { afterStep } from '#models/deciding/states'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** Withdraws a submission. What was said in the round stays on record, but no longer counts. */
export async function withdraw(round: Round, reason: string) {
  round.refuseUnlessOpen()
  const { gate, review } = round
  const status = afterStep(gate.status, 'withdraw')
  if (!status) refuse('review', 'This gate is not submitted')
  review.merge({
    status: 'withdrawn',
    withdrawnBy: Tenancy.current().membershipId,
    withdrawnAt: DateTime.utc(),
    withdrawalReason: reason,
    lockVersion: review.lockVersion + 1,
  })
  await review.auditAs('gate_review.withdrawn').save()
  gate.status = status
  await gate.saveRevision()
  await tellWithdrawn(round)
}
