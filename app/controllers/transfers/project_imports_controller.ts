import { readFile, unlink } from 'node:fs/promises'
import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import ProjectImport from '#models/project_import'
import { projectImportState } from '#pages/project_import_page'
import { Archive, LARGEST_ARCHIVE } from '#transfer/archive'
import { ArchiveError } from '#transfer/archive_error'
import { importProjectAs } from '#validators/project_import'

export default class ProjectImportsController {
  async create({ htmx }: HttpContext) {
    return htmx.page('pages/project_imports/create')
  }

  /** Takes an archive that is whole, and has it imported. */
  async store({ request, response }: HttpContext) {
    const { name, bytes } = await uploaded(request)
    const { manifest } = opened(bytes)
    const { code } = await request.validateUsing(importProjectAs)
    const { project, organisation, exported_at: exportedAt } = manifest
    const origin = { organisation, ...project, exportedAt }
    const begun = await ProjectImport.begin({ bytes, fileName: name, origin }, code ?? project.code)
    return response.redirect().status(303).toPath(`/project-imports/${begun.id}`)
  }

  /** How far it is, and what came of it. */
  async show({ htmx, params }: HttpContext) {
    const found = await ProjectImport.findOwn(params.id)
    return htmx.page('pages/project_imports/show', projectImportState(found))
  }
}

/** The upload's name and bytes. Its copy in the temporary folder is gone afterwards. */
async function uploaded(request: HttpContext['request']) {
  const file = request.file('file')
  if (!file?.tmpPath) return refuse('Choose a file first')
  try {
    if (file.size > LARGEST_ARCHIVE) return refuse('This archive is over the 30 MB limit.')
    const name = file.clientName.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, '')
    return { name: name.slice(-120) || 'project.zip', bytes: await readFile(file.tmpPath) }
  } finally {
    await unlink(file.tmpPath)
  }
}

function opened(bytes: Buffer) {
  try {
    return new Archive(bytes)
  } catch (error) {
    if (error instanceof ArchiveError) return refuse(error.message)
    throw error
  }
}

/** Says beside the file field what is wrong. */
function refuse(message: string): never {
  throw new errors.E_VALIDATION_ERROR([{ field: 'file', message, rule: 'file' }])
}
