import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { type BaseModel, column } from '@adonisjs/lucid/orm'
import { StaleRecord } from '#models/saving/stale_record'

/** Keeps two people from overwriting each other's changes: a row counts its versions. */
export function versioned<T extends NormalizeConstructor<typeof BaseModel>>(superclass: T) {
  class Versioned extends superclass {
    @column()
    declare lockVersion: number

    /** Waits for other writers of this row and rereads it. */
    async holdRow() {
      this.#become(await this.#locked())
    }

    /** The same. Throws StaleRecord, which holds the present row, when it has changed since `lockVersion` was read. */
    async lockRow(lockVersion: number) {
      const present = await this.#locked()
      if (present.lockVersion !== lockVersion) {
        present.$extras = { ...this.$extras }
        throw new StaleRecord(present)
      }
      this.#become(present)
    }

    #locked() {
      const model = this.constructor as typeof Versioned
      return model.query().where(model.primaryKey, this.$primaryKeyValue!).forUpdate().firstOrFail()
    }

    #become(present: Versioned) {
      this.merge(present.$attributes as any)
      this.$hydrateOriginals()
    }

    /** Saves what was merged since `lockRow` as the next version; no change makes no version. */
    async saveRevision(): Promise<this> {
      if (!this.$isDirty) return this
      this.lockVersion += 1
      return this.save()
    }
  }
  return Versioned
}
