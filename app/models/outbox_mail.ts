import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { idOrNone } from '#models/ids'
import { tenanted } from '#models/mixins/tenanted'
import { sealedColumn } from '#models/mixins/sealed_column'

export type MailStatus =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'bounced'
  | 'complained'
  | 'suppressed'
  | 'failed'
  | 'kept'

/**
 * A mail as rendered, and what became of it. Not audited row by row: the event that caused the mail is, and its own
 * states are in this row.
 */
export default class OutboxMail extends compose(BaseModel, tenanted) {
  static table = 'email_outbox'

  /** A mail by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findByIdOrFail(id: string) {
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  /** Given by the code that queues the mail: a second mail with the same key is not queued. */
  @column() declare idempotencyKey: string
  @column() declare template: string
  @column() declare membershipId: string | null
  /** Null, like the content, once the mail is blanked. */
  @column() declare email: string | null
  @column() declare name: string | null
  @column(sealedColumn('email_outbox.subject', { wasPlain: true })) declare subject: string | null

  @column(sealedColumn('email_outbox.text_body', { wasPlain: true }))
  declare textBody: string | null

  @column(sealedColumn('email_outbox.html_body', { wasPlain: true }))
  declare htmlBody: string | null

  @column(sealedColumn('email_outbox.unsubscribe_url', { wasPlain: true }))
  declare unsubscribeUrl: string | null

  @column() declare status: MailStatus
  /** Why it failed, as a code: never the provider's text, which may quote the address. */
  @column() declare failure: string | null
  @column() declare attempts: number
  @column() declare providerId: string | null
  /** When to try next; for one being sent, when to consider it lost. */
  @column.dateTime() declare dueAt: DateTime
  @column.dateTime() declare firstAttemptedAt: DateTime | null
  @column.dateTime() declare sentAt: DateTime | null
  /** When the provider reported its outcome. */
  @column.dateTime() declare settledAt: DateTime | null
  @column.dateTime() declare blankedAt: DateTime | null
}
