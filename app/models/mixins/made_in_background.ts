import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { type BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { attempted, UNATTEMPTED } from '#models/mixins/attempted'
import { takeTurnsAs } from '#models/saving/turns'
import { refuse } from '#models/violation'

/** A worker that has been silent for this long is considered dead. */
const SILENT_MINUTES = 5

/** Whose they are, how many of them are allowed a day, and the messages beside the field. */
type Quota = {
  column: string
  id: string
  mostADay: number
  field: string
  underWay: string
  tooMany: string
}

/** The initial columns of a requested one. */
export function askedFor() {
  return {
    ...UNATTEMPTED,
    status: 'queued',
    isStored: false,
    progressedAt: DateTime.utc(),
  } as const
}

/** Files that a worker makes in numbered attempts, and that are kept for a while. */
export function madeInBackground<T extends NormalizeConstructor<typeof BaseModel>>(superclass: T) {
  class MadeInBackground extends attempted(superclass) {
    @column() declare id: string
    @column() declare status: string
    @column.dateTime() declare progressedAt: DateTime
    @column() declare isStored: boolean
    @column.dateTime() declare expiresAt: DateTime | null

    /** Refuses another while one is under way, and beyond the daily number. Simultaneous requests wait here. */
    static async refuseBeyond(quota: Quota) {
      await takeTurnsAs(`${this.table} ${quota.id}`)
      const lately = await this.query()
        .where(quota.column, quota.id)
        .where('created_at', '>', DateTime.utc().minus({ days: 1 }).toJSDate())
      if (lately.some(({ isUnderWay }) => isUnderWay)) refuse(quota.field, quota.underWay)
      if (lately.length >= quota.mostADay) refuse(quota.field, quota.tooMany)
    }

    /** Starts its next attempt, to be saved; null when it has already ended. */
    static async attempt<M extends typeof MadeInBackground>(this: M, id: string) {
      const found = await this.query().where('id', id).forUpdate().first()
      if (!found?.isUnderWay) return null
      found.status = 'running'
      found.attempts += 1
      found.progressedAt = DateTime.utc()
      return found
    }

    /** An attempt's present row, while it is the one at work; otherwise null. */
    static async atWork<M extends typeof MadeInBackground>(this: M, claimed: MadeInBackground) {
      const found = await this.query().where('id', claimed.id).forUpdate().firstOrFail()
      return found.status === 'running' && found.attempts === claimed.attempts ? found : null
    }

    /** Those whose worker has gone silent. */
    static silent<M extends typeof MadeInBackground>(this: M, now: DateTime) {
      return this.query()
        .whereIn('status', ['queued', 'running'])
        .where('progressed_at', '<', now.minus({ minutes: SILENT_MINUTES }).toJSDate())
        .orderBy('id')
        .forUpdate()
    }

    get isUnderWay() {
      return this.status === 'queued' || this.status === 'running'
    }

    /** True while it is being made or kept. */
    get isOpen() {
      return this.isStored || this.isUnderWay
    }
  }
  return MadeInBackground
}
