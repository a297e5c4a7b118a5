import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { dropUploads } from '#middleware/kept_uploads'

/**
 * Leaves no copy of an upload in the temporary folder once its request is answered, whatever became of it. The
 * parser keeps every file that anybody sends before it is known who may, and never takes one away.
 */
export default class TemporaryUploadsMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    try {
      return await next()
    } finally {
      await dropUploads(request)
    }
  }
}
