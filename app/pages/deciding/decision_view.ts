import type { Viewer } from '#identity/viewer'
import { SETTLED, conditionKinds, conditionStates } from '#models/condition/enumerations'
import { isApproval, outcomes, RETURNS } from '#models/deciding/enumerations'
import { isLatest } from '#models/deciding/correction'
import type Round from '#models/deciding/round'
import GateCondition from '#models/gate_condition'
import GateCriterion from '#models/gate_criterion'
import GateDecision from '#models/gate_decision'
import GateReworkCriterion from '#models/gate_rework_criterion'
import Membership from '#models/membership'
import { proseOf } from '#pages/prose'
import RoundPolicy from '#policies/round_policy'
import { iso } from '#registries/formats'

/** The records of a round, the current one first, with those that it replaced. */
export async function decisionStates(round: Round, viewer: Viewer) {
  const { project, gate, review } = round
  const decisions = await GateDecision.in(review)
  if (decisions.length === 0) return { records: [], conditions: [], lapsed: false, can: NOTHING }
  const conditions = await GateCondition.of(project).where('gate_id', gate.id)
  const criteria = await reworkOf(decisions)
  const names = await Membership.names([
    ...decisions.flatMap(({ chairId, decidedBy }) => [chairId, decidedBy]),
    ...conditions.map(({ ownerId }) => ownerId),
  ])
  const nameOf = (id: string) => names.get(id) ?? 'A former member'
  const prose = await proseOf(
    decisions.map(({ rationale }) => rationale),
    viewer
  )
  return {
    records: decisions.map((decision, index) => ({
      id: decision.id,
      outcome: decision.outcome,
      label: outcomes[decision.outcome],
      rationaleHtml: prose(decision.rationale),
      revisitOn: decision.revisitOn,
      criteria: criteria.get(decision.id) ?? [],
      by: nameOf(decision.decidedBy),
      inPlaceOf: decision.decidedBy === decision.chairId ? null : nameOf(decision.chairId),
      at: iso(decision.decidedAt),
      correctionReason: decision.correctionReason,
      sha256: decision.recordSha256,
      stands: index === 0,
    })),
    conditions: conditions.map((condition) => conditionLine(condition.refersTo(project), nameOf)),
    lapsed: isApproval(decisions[0].outcome) && conditions.some(({ isOverdue }) => isOverdue),
    can: {
      correct: new RoundPolicy().chair(viewer, round, project) && (await isLatest(gate, review)),
      prepareAgain:
        gate.status === 'decided' &&
        RETURNS.includes(decisions[0].outcome) &&
        viewer.can('gate.submit', project),
    },
  }
}

const NOTHING = { correct: false, prepareAgain: false }

/** One condition as lists show it. */
export function conditionLine(condition: GateCondition, nameOf: (id: string) => string) {
  return {
    id: condition.id,
    ref: condition.ref,
    text: condition.text,
    kind: conditionKinds[condition.kind],
    state: condition.shownState,
    stateLabel: conditionStates[condition.shownState],
    dueOn: condition.dueOn,
    isOverdue: condition.isOverdue,
    isSettled: SETTLED.includes(condition.state),
    owner: nameOf(condition.ownerId),
  }
}

async function reworkOf(decisions: GateDecision[]): Promise<Map<string, string[]>> {
  const rows = await GateReworkCriterion.query().whereIn(
    'decision_id',
    decisions.map(({ id }) => id)
  )
  const criteria = await GateCriterion.query().whereIn(
    'id',
    rows.map(({ criterionId }) => criterionId)
  )
  const titles = new Map(criteria.map(({ id, title }) => [id, title]))
  const byDecision = Map.groupBy(rows, ({ decisionId }) => decisionId)
  return new Map(
    [...byDecision].map(([id, own]) => [
      id,
      own.map(({ criterionId }) => titles.get(criterionId) ?? 'A criterion'),
    ])
  )
}
