import type { HttpContext } from '@adonisjs/core/http'
import { v7 as uuidv7 } from 'uuid'
import { record } from '#audit/events'
import { consentColumns, consentLines } from '#exports/consent_csv'
import { sendCsv } from '#exports/csv_stream'

export default class ConsentExportsController {
  /** The proof of every choice about cookies. */
  async show({ response }: HttpContext) {
    await record({
      action: 'consent_records.exported',
      entityType: 'consent_records',
      entityId: uuidv7(),
    })
    return sendCsv(response, 'consents', consentColumns, consentLines())
  }
}
