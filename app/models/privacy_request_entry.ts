import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'
import { sealedColumn } from '#models/mixins/sealed_column'

/** What an entry of a request's log says. */
export const entryKinds = {
  received: 'Received',
  code_sent: 'Code sent to the address',
  identity_verified: 'Identity confirmed',
  clarification_asked: 'Question sent',
  clarification_answered: 'Answer received',
  acknowledged: 'Receipt acknowledged',
  extended: 'Extended, and the person told',
  refused: 'Refused, and the person told',
  fulfilled: 'Fulfilled',
  withdrawn: 'Withdrawn',
  note: 'Note',
  recipient: 'Recipient of the data',
  alarm_first: 'Alarm: due in five days',
  alarm_last: 'Alarm: due tomorrow or overdue',
  alarm_acknowledgement: 'Alarm: receipt not yet acknowledged',
} as const

export type EntryKind = keyof typeof entryKinds

/** One line of a request's log. Only ever added to. */
export default class PrivacyRequestEntry extends compose(BaseModel, tenanted) {
  static table = 'privacy_request_entries'

  @column() declare requestId: string
  @column() declare kind: EntryKind
  @column(sealedColumn('privacy_request_entries.text')) declare text: string | null
  /** The staff member; null for the person and for the system. */
  @column() declare authorId: string | null
}
