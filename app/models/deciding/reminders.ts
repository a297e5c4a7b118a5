import { inDays } from '#models/days'
import { tellReminder } from '#models/deciding/notices'
import Round from '#models/deciding/round'
import Gate from '#models/gate'
import GateDefaults from '#models/gate_defaults'
import GateReview from '#models/gate_review'
import Project from '#models/project'

/** Reminds those who have not spoken that a gate is to be decided soon; each once in a round. */
export async function remindDeciders() {
  const { reminderDays } = await GateDefaults.current()
  const reviews = await GateReview.query()
    .whereIn('status', ['submitted', 'in_review'])
    .where('decide_by', '<=', inDays(reminderDays))
  for (const review of reviews) {
    const project = await Project.findOrFail(review.projectId)
    const gate = await Gate.findIn(project, review.gateId)
    await tellReminder(await Round.of(project, gate, review.refersTo(gate)))
  }
}
