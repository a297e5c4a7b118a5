import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { tenanted } from '#models/mixins/tenanted'

/** The progress of one step of an erasure. */
export default class ErasureStep extends compose(BaseModel, tenanted) {
  static table = 'erasure_steps'

  @column() declare erasureId: string
  @column() declare name: string
  @column({ prepare: (value: unknown) => JSON.stringify(value) })
  declare counts: Record<string, number>
  @column() declare attempts: number
  /** Why it could not continue, as a code. */
  @column() declare failure: string | null
  @column.dateTime() declare retryAt: DateTime | null
  @column.dateTime() declare doneAt: DateTime | null

  /** The step with that name, created at its first attempt. */
  static async begin(erasureId: string, name: string) {
    const known = await this.query().where({ erasureId, name }).forUpdate().first()
    const step = known ?? new ErasureStep().merge({ erasureId, name, counts: {}, attempts: 0 })
    return step.merge({ attempts: step.attempts + 1 }).save()
  }

  finish(counts: Record<string, number>) {
    Object.assign(this, { counts, failure: null, retryAt: null, doneAt: DateTime.utc() })
    return this.save()
  }

  putOff(failure: string, retryAt: DateTime | null) {
    Object.assign(this, { failure, retryAt })
    return this.save()
  }
}
