import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { filesOf } from '#middleware/uploaded_files'

/** There was no space for what was sent. */
class UploadNotKept extends Error {
  readonly code = 'ENOSPC'
}

/**
 * Refuses a form whose file could not be stored temporarily. With small files the parser ignores a full disk and leaves
 * a file without its bytes: the form would be taken for one without a file.
 */
export default class WholeUploadsMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    if (filesOf(request).some(({ tmpPath }) => !tmpPath)) {
      throw new UploadNotKept('A file that was sent could not be kept')
    }
    return next()
  }
}
