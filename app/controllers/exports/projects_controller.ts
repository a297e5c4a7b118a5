import type { HttpContext } from '@adonisjs/core/http'
import { projectList } from '#exports/lists/projects'
import { readerOf, sendList } from '#exports/send_list'
import { readProjectFilters } from '#models/project/list'

export default class ProjectsController {
  /** The visible projects, as the list is filtered. */
  show(ctx: HttpContext) {
    return sendList(ctx, projectList(readerOf(ctx), readProjectFilters(ctx.request.qs())))
  }
}
