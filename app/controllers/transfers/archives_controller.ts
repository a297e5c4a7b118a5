import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/events'
import { dated } from '#exports/download'
import { sendZip } from '#exports/zip'
import { references } from '#transfer/catalogue'
import { ProjectArchive } from '#transfer/export'
import { Selection } from '#transfer/reading'

export default class ArchivesController {
  /** The whole project as an archive that can be imported again, streamed while it is read. */
  async show({ project, response, viewer }: HttpContext) {
    const selection = new Selection(project, viewer, await references())
    await record({
      action: 'project.exported',
      entityType: 'project',
      entityId: project.id,
      projectId: project.id,
      facts: { ref: project.code },
    })
    const archive = new ProjectArchive(selection, viewer.organisation.name)
    return sendZip(response, dated(`${project.code}-project`, 'zip'), archive.files())
  }
}
