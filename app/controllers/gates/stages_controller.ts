import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import { crumbsTo } from '#controllers/gates/loading'
import { saveOrCompare } from '#controllers/saving'
import { stageDateFields } from '#models/gate/fields'
import Stage, { type StageDates } from '#models/stage'
import { stageDatesState } from '#pages/gates/dates_page'
import { stageDates } from '#validators/gate'

export default class StagesController {
  async edit({ htmx, params, project }: HttpContext) {
    const stage = await Stage.findIn(project, params.id)
    return htmx.page('pages/gates/stage', stageDatesState(project, stage))
  }

  /** Saves when the stage was planned, is expected, and took place. */
  async update(ctx: HttpContext) {
    const { params, project, request } = ctx
    const stage = await Stage.findIn(project, params.id)
    const { lock_version: version, ...fields } = await request.validateUsing(stageDates)
    const dates = toAttributes<Partial<StageDates>>(fields)
    const page = `/projects/${project.id}/stages/${stage.id}`
    const back = `/projects/${project.id}/gates`
    return saveOrCompare(
      ctx,
      {
        label: `the dates of ${stage.name}`,
        type: 'stage',
        fields: stageDateFields,
        mine: dates,
        action: page,
        page: `${page}/edit`,
        crumbs: crumbsTo(project, []),
        current: 'project.gates',
        back,
        done: back,
        message: `The dates of ${stage.name} were saved.`,
      },
      () => stage.reschedule(dates, version)
    )
  }
}
