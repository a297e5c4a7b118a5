import type { ConditionKind } from '#models/condition/enumerations'
import { kindsAt } from '#models/condition/kinds'
import { conditionOwners } from '#models/condition/owners'
import type Round from '#models/deciding/round'
import GateConditionProposal from '#models/gate_condition_proposal'
import { today } from '#models/days'
import { refuse, type Violation } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

export type GivenProposal = { text: string; ownerId: string; kind: ConditionKind; dueOn: string }

type Place = Pick<Round, 'project' | 'gate'>

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

type Asked = Pick<GivenProposal, 'ownerId' | 'kind' | 'dueOn'>

/** Refuses a condition for the first reason against it. */
export async function refuseUnfit(place: Place, given: Asked) {
  const [found] = await unfitness(place, given)
  if (found) refuse(found.field, found.message)
}

/** A condition can be met only in the future, by someone involved in the project. */
export async function unfitness({ project, gate }: Place, given: Asked): Promise<Violation[]> {
  const kinds = await kindsAt(gate)
  const owners = await conditionOwners(project)
  return [
    ...(kinds.includes(given.kind)
      ? []
      : [
          {
            field: 'kind',
            message: 'This gate has no next stage or gate. Choose another deadline',
          },
        ]),
    ...(given.dueOn > today() ? [] : [{ field: 'due_on', message: 'Enter a date after today' }]),
    ...(owners.some(({ id }) => id === given.ownerId)
      ? []
      : [{ field: 'owner_id', message: 'Choose someone who works on this project, or the PMO' }]),
  ]
}

/** Withdraws a proposal. */
export async function dropProposal(round: Round, id: string) {
  round.refuseUnlessOpen()
  const proposal = await GateConditionProposal.findIn(round.review, id)
  proposal.$extras.ref = round.gate.ref
  await proposal.delete()
  await round.review.moveOn()
}
