import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { dropUploads } from '#middleware/kept_uploads'

/**
 * Leaves no copy of an upload in the temporary folder once its request is answered, whatever the outcome. The parser
 * stores every file that anyone sends before it is known whether they may, and never removes one.
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
