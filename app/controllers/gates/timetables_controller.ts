import type { HttpContext } from '@adonisjs/core/http'
import Gate from '#models/gate'
import { planGates, type PlannedDates } from '#models/gate/timetable'
import { timetableState } from '#pages/gates/timetable_page'
import { timetable } from '#validators/timetable'

export default class TimetablesController {
  async edit({ htmx, project }: HttpContext) {
    return htmx.page('pages/gates/timetable', await timetableState(project))
  }

  /** Sets the dates of the gates whose dates the form changed. */
  async update({ project, request, response, session }: HttpContext) {
    const gates = (await Gate.of(project).whereNot('status', 'decided')).map((gate) =>
      gate.refersTo(project)
    )
    const input = await request.validateUsing(timetable(gates))
    const planned = gates.flatMap((gate) => changesTo(gate, input))
    await planGates(planned)
    session.flash('success', told(planned))
    return response.seeOther(`/projects/${project.id}/gates`)
  }
}

/** What the form changed about a gate: dates it left unchanged may have been changed by others since. */
function changesTo(gate: Gate, input: Record<string, any>): PlannedDates[] {
  const of = (name: string) => input[`${name}_${gate.number}`]
  const [baselineOn, forecastOn] = of('shown')
    .split('/')
    .map((day: string) => day || null)
  const given = {
    baselineOn: of('baseline_on') === undefined ? baselineOn : of('baseline_on'),
    forecastOn: of('forecast_on') === undefined ? forecastOn : of('forecast_on'),
  }
  const dates = Object.fromEntries(
    Object.entries(given).filter(([name, on]) => on !== { baselineOn, forecastOn }[name])
  )
  const isChanged = Object.keys(dates).length > 0
  return isChanged ? [{ gate, dates, lockVersion: of('lock_version') }] : []
}

function told(planned: PlannedDates[]) {
  if (planned.length === 0) return 'No dates were changed.'
  const refs = planned.map(({ gate }) => gate.ref)
  return `The dates of ${new Intl.ListFormat('en-GB').format(refs)} were saved.`
}
