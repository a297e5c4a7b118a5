import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import { stopping } from '#serving/stopping'

export default class HealthController {
  /** The process is alive. */
  live({ response }: HttpContext) {
    return response.json({ status: 'ok' })
  }

  /** The process can serve: its database answers, and it is not shutting down. */
  async ready({ response }: HttpContext) {
    if (stopping.hasBegun) return response.status(503).json({ status: 'stopping' })
    try {
      await db.rawQuery('select 1')
      return response.json({ status: 'ok' })
    } catch {
      return response.status(503).json({ status: 'database unavailable' })
    }
  }
}
