import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'

export const recipientOutcomes = {
  informed: 'Informed',
  nothing_held: 'They hold nothing of this person',
  impossible: 'Impossible or out of proportion',
} as const

export type RecipientOutcome = keyof typeof recipientOutcomes

/** A recipient who was told of a correction, an erasure or a restriction (Article 19), or could not be. */
export default class PrivacyRequestRecipient extends compose(BaseModel, tenanted) {
  static table = 'privacy_request_recipients'

  @column() declare requestId: string
  @column() declare recipient: string
  @column() declare outcome: RecipientOutcome
  @column() declare informedOn: string
}
