import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'

export default class HealthController {
  /** The process answers. */
  live({ response }: HttpContext) {
    return response.json({ status: 'ok' })
  }

  /** The process can serve: its database answers. */
  async ready({ response }: HttpContext) {
    try {
      await db.rawQuery('select 1')
      return response.json({ status: 'ok' })
    } catch {
      return response.status(503).json({ status: 'database unavailable' })
    }
  }
}
