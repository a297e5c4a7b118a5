import type { HttpContext } from '@adonisjs/core/http'
import { showTask } from '#controllers/linked_tasks/link'

export default class LinkedTasksController {
  show(ctx: HttpContext) {
    return showTask(ctx)
  }
}
