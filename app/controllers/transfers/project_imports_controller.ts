import type { HttpContext } from '@adonisjs/core/http'
import { uploaded } from '#controllers/uploads'
import ProjectImport from '#models/project_import'
import { LARGEST_ARCHIVE } from '#models/text/sizes'
import { refuse } from '#models/violation'
import { projectImportState } from '#pages/transfers/import_page'
import { Archive, TOO_LARGE } from '#transfer/archive'
import { ArchiveError } from '#transfer/archive_error'
import { importProjectAs } from '#validators/project_import'

export default class ProjectImportsController {
  async create({ htmx }: HttpContext) {
    return htmx.page('pages/project_imports/create')
  }

  /** Accepts a complete archive, and queues its import. */
  async store({ request, response }: HttpContext) {
    const { name, bytes } = await uploaded(request, { most: LARGEST_ARCHIVE, tooLarge: TOO_LARGE })
    const { manifest } = opened(bytes)
    const { code } = await request.validateUsing(importProjectAs)
    const { project, organisation, exported_at: exportedAt } = manifest
    const origin = { organisation, ...project, exportedAt }
    const begun = await ProjectImport.begin({ bytes, fileName: name, origin }, code ?? project.code)
    return response.seeOther(`/project-imports/${begun.id}`)
  }

  /** Its progress, and the outcome. */
  async show({ htmx, params }: HttpContext) {
    const found = await ProjectImport.findOwn(params.id)
    return htmx.page('pages/project_imports/show', projectImportState(found))
  }
}

function opened(bytes: Buffer) {
  try {
    return new Archive(bytes)
  } catch (error) {
    if (error instanceof ArchiveError) refuse('file', error.message)
    throw error
  }
}
