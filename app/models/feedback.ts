import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { v7 as uuidv7 } from 'uuid'
import { record } from '#audit/events'
import { queueMail } from '#mails/outbox'
import { mayMove, type FeedbackStatus } from '#models/feedback/states'
import FeedbackReply from '#models/feedback_reply'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { personWith } from '#models/user/person'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/**
 * What a person told us about the product. It belongs to the platform's own tenancy and to the person: the audit trail
 * records how it was handled, but neither its text nor its author.
 */
export default class Feedback extends compose(BaseModel, tenanted, audited, versioned) {
  static table = 'feedback'
  static audit = {
    type: 'feedback',
    skip: ['userId', 'message', 'page'],
  }

  @column() declare userId: string
  @column() declare message: string
  /** Where it was written: a path of ours, without query and fragment. */
  @column() declare page: string | null
  @column() declare status: FeedbackStatus

  /** Feedback by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  /** Stores a person's feedback. */
  static submit(userId: string, { message, page }: { message: string; page: string | null }) {
    return this.create({ userId, message, page, status: 'new', lockVersion: 1 })
  }

  /** The author. Null once their account is blanked. */
  async author(): Promise<{ name: string; email: string } | null> {
    const person = await personWith(Tenancy.current().trx, this.userId)
    return person?.email ? person : null
  }

  /** Moves it on. Throws StaleRecord when someone else has handled it since `version`. */
  async moveTo(status: FeedbackStatus, version: number) {
    await this.lockRow(version)
    if (!mayMove(this.status, status)) refuse('status', 'This step is not open from here')
    this.status = status
    await this.auditAs('feedback.status_changed').saveRevision()
  }

  /**
   * Answers by mail and on the page of the person's feedback. Throws StaleRecord when someone else has handled it since
   * `version`, so that no one gets two answers.
   */
  async answer(body: string, version: number) {
    await this.lockRow(version)
    const author = await this.author()
    if (!author) refuse('body', 'You cannot answer, because the account has been deleted')
    const id = uuidv7()
    const mailId = await queueMail({
      template: 'feedback_reply',
      to: author,
      data: { message: this.message, reply: body, path: '/feedback' },
      key: `feedback_reply:${id}`,
    })
    await FeedbackReply.create({ id, feedbackId: this.id, mailId, body })
    this.status = 'answered'
    this.lockVersion += 1
    await this.auditSilently().save()
    // Recorded for a second answer too, although it leaves the state unchanged.
    await record({ action: 'feedback.answered', entityType: 'feedback', entityId: this.id })
  }
}
