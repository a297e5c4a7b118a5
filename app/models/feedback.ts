import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { NIL, v7 as uuidv7, validate as isUuid } from 'uuid'
import { queueMail } from '#mails/outbox'
import { mayMove, type FeedbackStatus } from '#models/feedback/states'
import FeedbackReply from '#models/feedback_reply'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { StaleRecord } from '#models/stale_record'
import { refuse } from '#models/violation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * What a person told us of the product. It stands in the platform's own tenancy and is the person's: the
 * audit trail keeps how it was dealt with, and neither what it says nor who wrote it.
 */
export default class Feedback extends compose(BaseModel, tenanted, audited) {
  static table = 'feedback'
  static audit = {
    type: 'feedback',
    skip: ['userId', 'message', 'page'],
  }

  @column()
  declare userId: string

  @column()
  declare message: string

  /** Where it was written: a path of ours, without query and fragment. */
  @column()
  declare page: string | null

  @column()
  declare status: FeedbackStatus

  @column()
  declare lockVersion: number

  /** Feedback by id. Throws E_ROW_NOT_FOUND, also for what is not an id at all. */
  static findById(id: string) {
    return this.query()
      .where('id', isUuid(id) ? id : NIL)
      .firstOrFail()
  }

  /** Keeps what a person says. */
  static submit(userId: string, { message, page }: { message: string; page: string | null }) {
    return this.create({ userId, message, page, status: 'new', lockVersion: 1 })
  }

  /** Whoever wrote it. Null once their account is blanked. */
  async author(): Promise<{ name: string; email: string } | null> {
    const [{ person }] = await sql(Tenancy.current().trx, 'select directory.person(?) as person', [
      this.userId,
    ])
    return person?.email ? person : null
  }

  /** Moves it on. Throws StaleRecord when somebody else dealt with it since `version`. */
  async moveTo(status: FeedbackStatus, version: number) {
    await this.#lockRow(version)
    if (!mayMove(this.status, status)) refuse('status', 'This step is not open from here')
    await this.#saveAs('feedback.status_changed', status)
  }

  /**
   * Answers by mail and on the page of the person's feedback. Throws StaleRecord when somebody else dealt
   * with it since `version`, so that nobody is answered twice.
   */
  async answer(body: string, version: number) {
    await this.#lockRow(version)
    const author = await this.author()
    if (!author) refuse('body', 'The account is gone, so there is nobody to answer')
    const id = uuidv7()
    const mailId = await queueMail({
      template: 'feedback_reply',
      to: author,
      data: { message: this.message, reply: body, path: '/feedback' },
      key: `feedback_reply:${id}`,
    })
    await FeedbackReply.create({ id, feedbackId: this.id, mailId, body })
    await this.#saveAs('feedback.answered', 'answered')
  }

  /** Waits for others who deal with it. */
  async #lockRow(version: number) {
    const present = await Feedback.query().where('id', this.id).forUpdate().firstOrFail()
    if (present.lockVersion !== version) throw new StaleRecord(present)
  }

  async #saveAs(action: string, status: FeedbackStatus) {
    this.merge({ status, lockVersion: this.lockVersion + 1 })
    await this.auditAs(action).save()
  }
}
