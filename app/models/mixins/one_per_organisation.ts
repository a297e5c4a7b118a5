import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { type BaseModel, column } from '@adonisjs/lucid/orm'
import { StaleRecord } from '#models/saving/stale_record'
import Tenancy from '#tenancy/tenancy'

/** A table with one row per organisation, which the database creates with it. Its id is the organisation's. */
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

    /**
     * Changes the row if it has not changed since `lockVersion` was read; no change makes no version. Throws
     * StaleRecord, which holds the present row, otherwise.
     */
    static async revise<M extends typeof OnePerOrganisation>(
      this: M,
      changes: Partial<InstanceType<M>>,
      lockVersion: number
    ): Promise<InstanceType<M>> {
      const { organisationId } = Tenancy.current()
      const row = await this.query().where('id', organisationId).forUpdate().firstOrFail()
      if (row.lockVersion !== lockVersion) throw new StaleRecord(row)
      row.merge(changes)
      if (row.$isDirty) {
        row.lockVersion += 1
        await row.save()
      }
      return row as InstanceType<M>
    }
  }
  return OnePerOrganisation
}
