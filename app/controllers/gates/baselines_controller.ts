import type { HttpContext } from '@adonisjs/core/http'
import { crumbsTo } from '#controllers/gates/loading'
import { saveOrCompare } from '#controllers/saving'
import Gate from '#models/gate'
import { baselineFields } from '#models/gate/fields'
import { baselineState } from '#pages/gates/dates_page'
import { newBaseline } from '#validators/gate'

export default class BaselinesController {
  async create({ htmx, params, project }: HttpContext) {
    const gate = await Gate.findIn(project, params.id)
    return htmx.page('pages/gates/baseline', baselineState(project, gate))
  }

  /** Moves the baseline to another day, and keeps the reason. */
  async store(ctx: HttpContext) {
    const { params, project, request } = ctx
    const gate = await Gate.findIn(project, params.id)
    const { lock_version: version, ...fields } = await request.validateUsing(newBaseline)
    const { baseline_on: baselineOn, baseline_reason: baselineReason } = fields
    const mine = { baselineOn, baselineReason }
    const page = `/projects/${project.id}/gates/${gate.id}`
    return saveOrCompare(
      ctx,
      {
        label: `the baseline of ${gate.ref}`,
        type: 'gate',
        fields: baselineFields,
        mine,
        action: `${page}/baselines`,
        method: 'POST',
        page: `${page}/baselines/create`,
        crumbs: crumbsTo(project, [{ href: page, label: gate.name }]),
        current: 'project.gates',
        back: page,
        done: page,
        message: `${gate.ref} has a new baseline.`,
      },
      () => gate.rebaseline(baselineOn, baselineReason, version)
    )
  }
}
