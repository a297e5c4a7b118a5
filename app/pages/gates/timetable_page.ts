import Gate from '#models/gate'
import type Project from '#models/project'
import * as terms from '#registries/terms'

/** The form that sets the dates of all gates of a project; those of decided gates stay as they are. */
export async function timetableState(project: Project) {
  const stages = await project.related('stages').query()
  const gates = (await Gate.of(project)).map((gate) => gate.refersTo(project))
  return {
    gates: gates.map((gate) => ({
      id: gate.id,
      ref: gate.ref,
      name: gate.name,
      number: gate.number,
      stage: stages.find(({ id }) => id === gate.stageId)?.name,
      status: terms.gateStatuses[gate.status],
      isDecided: gate.status === 'decided',
      baselineOn: gate.baselineOn,
      forecastOn: gate.forecastOn,
      /** Shows which dates the form changed. */
      shown: `${gate.baselineOn ?? ''}/${gate.forecastOn ?? ''}`,
      lockVersion: gate.lockVersion,
    })),
  }
}
