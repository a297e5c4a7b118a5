import { UNSETTLED } from '#models/condition/enumerations'
import { tellDue, tellLapsed } from '#models/condition/notices'
import GateCondition from '#models/gate_condition'
import GateDefaults from '#models/gate_defaults'
import Project from '#models/project'
import { isOver } from '#models/project/states'
import { addDays, today } from '#models/days'

/**
 * Notifies people of conditions that are falling due and of approvals that have lapsed. Each is reported once, however
 * often this runs; an approval has lapsed from the first minute of the day, reported or not. No one is notified about a
 * project that is over.
 */
export async function watchConditions() {
  const { reminderDays } = await GateDefaults.current()
  const near = await GateCondition.query()
    .whereIn('state', UNSETTLED)
    .where('due_on', '<=', addDays(today(), reminderDays))
    .orderBy('id')
  const projects = await Project.findMany(near.map(({ projectId }) => projectId))
  const places = near.flatMap((condition) => {
    const project = projects.find(({ id }) => id === condition.projectId)!
    return isOver(project.status) ? [] : [{ project, condition: condition.refersTo(project) }]
  })
  await tellDue(
    places.filter(({ condition }) => condition.state === 'open' && !condition.isOverdue)
  )
  await tellLapsed(places.filter(({ condition }) => condition.isOverdue))
}
