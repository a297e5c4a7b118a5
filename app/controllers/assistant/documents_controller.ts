import type { HttpContext } from '@adonisjs/core/http'
import { uploaded } from '#controllers/uploads'
import { DocumentError } from '#imports/documents/document_error'
import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import { readDocument } from '#imports/documents/read_document'
import { refuse } from '#models/violation'
import { documentState } from '#pages/assistant/notes_page'

export default class DocumentsController {
  /** Puts the text of a document into the form for notes. The file is gone when the request ends. */
  async store({ htmx, project, request, response, viewer }: HttpContext) {
    const { name, bytes } = await uploaded(request, {
      most: DOCUMENT_LIMITS.inputBytes,
      tooLarge: new DocumentError('too_large').message,
    })
    const read = await readDocument(name, bytes).catch(refuseFile)
    response.header('cache-control', 'no-store')
    return htmx.page('pages/assistant/notes', await documentState(project, viewer, name, read))
  }
}

/** Says beside the file field why no text could be read. */
function refuseFile(error: unknown): never {
  if (!(error instanceof DocumentError)) throw error
  return refuse('file', error.message)
}
