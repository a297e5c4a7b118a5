import { addDays, inDays, today } from '#models/days'
import { tellImpasse, tellReminder, tellRevisit } from '#models/deciding/notices'
import Round from '#models/deciding/round'
import { UNDER_REVIEW } from '#models/deciding/states'
import Gate from '#models/gate'
import GateDecision from '#models/gate_decision'
import GateDefaults from '#models/gate_defaults'
import GateReview from '#models/gate_review'
import Project from '#models/project'
import { isOver } from '#models/project/states'

/** So many days back a day that was reached is still told of. */
const REACHED_WITHIN = 3

/**
 * Reminds those who have not spoken that a gate is to be decided soon, and tells the PMO and whoever submitted it where
 * nobody is left who could decide it; each once in a round. Of a project that is over nobody is reminded.
 */
export async function remindDeciders() {
  const { reminderDays } = await GateDefaults.current()
  const reviews = await GateReview.query().whereIn('status', UNDER_REVIEW)
  for (const review of reviews) {
    const project = await Project.findOrFail(review.projectId)
    if (isOver(project.status)) continue
    const gate = await Gate.findIn(project, review.gateId)
    const round = await Round.of(project, gate, review.refersTo(gate))
    const isNear = review.decideBy <= inDays(reminderDays)
    if (isNear) await tellReminder(round)
    if (round.isAtAnImpasse) await tellImpasse(round)
  }
}

/**
 * Tells whoever would take a deferred gate up again that its day came, once. What lies further back was brought in,
 * or told of when nobody was here: it still stands on the gate. In a project that is over nobody takes a gate up again.
 */
export async function remindOfDeferred() {
  const due = await GateDecision.query()
    .where('outcome', 'deferred')
    .whereBetween('revisit_on', [addDays(today(), -REACHED_WITHIN), today()])
  for (const decision of due) {
    const project = await Project.findOrFail(decision.projectId)
    if (isOver(project.status)) continue
    const gate = await Gate.findIn(project, decision.gateId)
    const standing = await GateDecision.standingAt(gate)
    const isStill = gate.status === 'decided' && standing?.id === decision.id
    if (isStill) await tellRevisit(project, gate, decision)
  }
}
