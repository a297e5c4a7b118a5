import { rm } from 'node:fs/promises'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { filesOf } from '#middleware/uploaded_files'

/**
 * Leaves no copy of an upload in the temporary folder once its request is answered, whatever became of it. The
 * parser keeps every file that anybody sends before it is known who may, and never takes one away.
 */
export default class TemporaryUploadsMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    try {
      return await next()
    } finally {
      const paths = filesOf(request).flatMap(({ tmpPath }) => tmpPath ?? [])
      await Promise.all(paths.map((path) => rm(path, { force: true })))
    }
  }
}
