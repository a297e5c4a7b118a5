import type { HttpContext } from '@adonisjs/core/http'
import { projectCharts } from '#pages/charts/chart_pages'

export default class ProjectChartsController {
  async show({ htmx, project, viewer }: HttpContext) {
    return htmx.page('pages/charts/project', await projectCharts(project, viewer))
  }
}
