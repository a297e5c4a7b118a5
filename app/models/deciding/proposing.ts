import type { ConditionKind } from '#models/condition/enumerations'
import { kindsAt } from '#models/condition/kinds'
import { conditionOwners } from '#models/condition/owners'
import type Round from '#models/deciding/round'
import GateConditionProposal from '#models/gate_condition_proposal'
import { today } from '#models/days'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

export type GivenProposal = { text: string; ownerId: string; kind: ConditionKind; dueOn: string }

/** Proposes a condition to approve with; an approval with conditions makes all of them binding. */
export async function propose(round: Round, given: GivenProposal) {
  round.refuseUnlessOpen()
  await refuseUnfit(round, given)
  const proposal = new GateConditionProposal().merge({
    ...given,
    projectId: round.project.id,
    reviewId: round.review.id,
    proposedBy: Tenancy.current().membershipId!,
  })
  proposal.$extras.ref = round.gate.ref
  await proposal.save()
  await round.takeUp()
}

/** A condition can be met only in the time to come, by somebody who has a part in the project. */
export async function refuseUnfit(
  { project, gate }: Pick<Round, 'project' | 'gate'>,
  given: Pick<GivenProposal, 'ownerId' | 'kind' | 'dueOn'>
) {
  if (!(await kindsAt(gate)).includes(given.kind)) {
    refuse('kind', 'Nothing of that kind follows this gate: choose another')
  }
  if (given.dueOn <= today()) refuse('due_on', 'Give a day after today')
  const owners = await conditionOwners(project)
  if (!owners.some(({ id }) => id === given.ownerId)) {
    refuse('owner_id', 'Choose somebody who works on this project, or the PMO')
  }
}

/** Takes a proposal off the table. */
export async function dropProposal(round: Round, id: string) {
  round.refuseUnlessOpen()
  const proposal = await GateConditionProposal.findIn(round.review, id)
  proposal.$extras.ref = round.gate.ref
  await proposal.delete()
  await round.review.moveOn()
}
