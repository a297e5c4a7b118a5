import type { HttpContext } from '@adonisjs/core/http'
import { uploaded } from '#controllers/uploads'
import { DocumentError } from '#imports/documents/document_error'
import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import { readDocument } from '#imports/documents/read_document'
import { refuse } from '#models/violation'
import { documentState } from '#pages/assistant/notes_page'

export default class DocumentsController {
  /** Brings the text of a document into the form of notes. The file is gone with the request. */
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

/** Says beside the file field why there is no text to be had. */
function refuseFile(error: unknown): never {
  if (!(error instanceof DocumentError)) throw error
  return refuse('file', error.message)
}
