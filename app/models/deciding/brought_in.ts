import { unfitness, type GivenProposal } from '#models/deciding/proposing'
import type Round from '#models/deciding/round'
import GateCondition from '#models/gate_condition'
import GateConditionProposal from '#models/gate_condition_proposal'
import GateDecision from '#models/gate_decision'

/** A proposed condition that can no longer be met as it was; `why` is worded as in the form of a proposal. */
export type UnfitProposal = GivenProposal & { why: string }

/**
 * The conditions that an approval with conditions would impose if it were recorded now. For the first decision these
 * are the round's proposals; if a correction withdrew that approval, they are the ones cancelled with it. Conditions
 * that were verified or waived before are finished, and are not asked for again.
 */
export async function broughtIn(round: Round) {
  const fit: GivenProposal[] = []
  const unfit: UnfitProposal[] = []
  for (const given of await candidatesOf(round)) {
    const [found] = await unfitness(round, given)
    if (found) unfit.push({ ...termsOf(given), why: found.message })
    else fit.push(termsOf(given))
  }
  return { fit, unfit }
}

async function candidatesOf({ review }: Round): Promise<GivenProposal[]> {
  const records = await GateDecision.in(review)
  const last = records.findIndex(({ outcome }) => outcome === 'approved_with_conditions')
  if (last < 0) return GateConditionProposal.in(review)
  const fallen = records.slice(0, last).flatMap(letGoIn)
  return fallen.length > 0 ? GateCondition.query().whereIn('id', fallen).orderBy('number') : []
}

function letGoIn({ record }: GateDecision): string[] {
  return JSON.parse(record).supersedes?.conditions_let_go ?? []
}

function termsOf({ text, ownerId, kind, dueOn }: GivenProposal): GivenProposal {
  return { text, ownerId, kind, dueOn }
}
