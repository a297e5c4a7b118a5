import type { Viewer } from '#identity/viewer'
import { isApproval } from '#models/deciding/enumerations'
import { afterStep } from '#models/deciding/states'
import type Gate from '#models/gate'
import GateCondition from '#models/gate_condition'
import GateDecision from '#models/gate_decision'
import GateReview from '#models/gate_review'
import type Project from '#models/project'

/** The state of a gate's decision, and what the viewer can do towards it. */
export async function decidingCard(project: Project, gate: Gate, viewer: Viewer) {
  const review = await GateReview.of(gate).first()
  const decision = await GateDecision.standingAt(gate)
  const left = await GateCondition.unsettledAt(gate)
  const maySubmit = viewer.can('gate.submit', project)
  return {
    review: review && { id: review.id, round: review.round, status: review.status },
    outcome: gate.status === 'decided' ? (decision?.outcome ?? null) : null,
    /** The outcome of the round, also while the gate is prepared again. */
    said: review?.status === 'decided' ? (decision?.outcome ?? null) : null,
    revisitOn: decision?.revisitOn ?? null,
    lapsed: isApproval(decision?.outcome) && left.some(({ isOverdue }) => isOverdue),
    openConditions: left.length,
    can: {
      prepare: maySubmit && afterStep(gate.status, 'prepare', decision?.outcome) !== null,
      submit: maySubmit && afterStep(gate.status, 'submit') !== null,
    },
  }
}
