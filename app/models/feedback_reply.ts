import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'

/** An answer to feedback. The feedback's event records that it was given, and by whom. */
export default class FeedbackReply extends compose(BaseModel, tenanted) {
  @column() declare feedbackId: string
  /** The mail that carries it. */
  @column() declare mailId: string
  @column() declare body: string
}
