import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import { crumbsTo } from '#controllers/gates/loading'
import { saveOrCompare } from '#controllers/saving'
import Gate, { type GateDates } from '#models/gate'
import { gateDateFields } from '#models/gate/fields'
import { gateDatesState } from '#pages/gates/dates_page'
import { gateDates } from '#validators/gate'

export default class DatesController {
  async edit({ htmx, params, project }: HttpContext) {
    const gate = await Gate.findIn(project, params.id)
    return htmx.page('pages/gates/dates', gateDatesState(project, gate))
  }

  async update(ctx: HttpContext) {
    const { params, project, request } = ctx
    const gate = await Gate.findIn(project, params.id)
    const { lock_version: version, ...fields } = await request.validateUsing(gateDates)
    const dates = toAttributes<Partial<GateDates>>(fields)
    const page = `/projects/${project.id}/gates/${gate.id}`
    return saveOrCompare(
      ctx,
      {
        label: `the dates of ${gate.ref}`,
        type: 'gate',
        fields: gateDateFields,
        mine: dates,
        action: `${page}/dates`,
        page: `${page}/dates/edit`,
        back: page,
        crumbs: crumbsTo(project, [{ href: page, label: gate.name }]),
        current: 'project.gates',
        done: page,
        message: `The dates of ${gate.ref} were saved.`,
      },
      () => gate.schedule(dates, version)
    )
  }
}
