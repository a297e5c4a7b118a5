import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { type BaseModel, column } from '@adonisjs/lucid/orm'
import { StaleRecord } from '#models/stale_record'
import Tenancy from '#tenancy/tenancy'

/** A table with one row per organisation, which the database makes with it. Its id is the organisation's. */
export function onePerOrganisation<T extends NormalizeConstructor<typeof BaseModel>>(
  superclass: T
) {
  class OnePerOrganisation extends superclass {
    @column()
    declare lockVersion: number

    /** The row of the organisation at work. */
    static current<M extends typeof OnePerOrganisation>(this: M): Promise<InstanceType<M>> {
      return this.findOrFail(Tenancy.current().organisationId) as Promise<InstanceType<M>>
    }

    /** Waits for other writers of the row. Throws StaleRecord if it changed since `lockVersion`. */
    static async lock<M extends typeof OnePerOrganisation>(
      this: M,
      lockVersion: number
    ): Promise<InstanceType<M>> {
      const { organisationId } = Tenancy.current()
      const row = await this.query().where('id', organisationId).forUpdate().firstOrFail()
      if (row.lockVersion !== lockVersion) throw new StaleRecord(row)
      return row as InstanceType<M>
    }

    /** Saves what was merged since `lock` as the next version; nothing merged is no version. */
    async saveRevision() {
      if (!this.$isDirty) return this
      this.lockVersion += 1
      return this.save()
    }
  }
  return OnePerOrganisation
}
