import { Exception } from '@adonisjs/core/exceptions'
import type { LucidRow } from '@adonisjs/lucid/types/model'

/** Someone else has changed the record since the form was opened; `present` is the row as it is now. */
export class StaleRecord<T extends LucidRow = LucidRow> extends Exception {
  static status = 409
  static code = 'E_STALE_RECORD'

  constructor(readonly present: T) {
    super('Someone else changed this record')
  }
}
