import type { HttpContext } from '@adonisjs/core/http'
import Import, { type ImportStatus } from '#models/import'
import { tellOfCancelled } from '#models/import/notices'
import { cancel } from '#models/import/work'

/** What someone finds who cancels what has just ended. */
const TOO_LATE: Partial<Record<ImportStatus, string>> = {
  imported: 'The import had already finished. You can undo it here.',
  undone: 'The import had already been undone.',
}

export default class CancellationsController {
  /** Takes an import, or its undoing, back from the worker. One that has ended meanwhile stays as it is. */
  async store({ params, project, response, session }: HttpContext) {
    const row = await Import.findIn(project, params.id)
    await row.lockRow()
    const path = `/projects/${project.id}/imports/${row.id}`
    if (!row.isUnderWay) {
      const words = TOO_LATE[row.status]
      if (words) session.flash('info', words)
      return response.seeOther(path)
    }
    const isUndoing = row.status === 'undoing'
    await tellOfCancelled(row, project)
    await cancel(row)
    session.flash(
      'success',
      isUndoing
        ? 'Undoing was cancelled. Everything that was imported is still here.'
        : 'The import was cancelled. Nothing was changed.'
    )
    return response.seeOther(isUndoing ? path : `${path}/edit`)
  }
}
