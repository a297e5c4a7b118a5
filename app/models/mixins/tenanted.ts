import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { type BaseModel, beforeCreate, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import TenantAdapter, { TENANT_COLUMN } from '#tenancy/tenant_adapter'
import Tenancy from '#tenancy/tenancy'

const adapter = new TenantAdapter()

/** Binds a model to the organisation of `Tenancy.run`: reads, writes and relations. Gives it a UUIDv7 id. */
export function tenanted<T extends NormalizeConstructor<typeof BaseModel>>(superclass: T) {
  class Tenanted extends superclass {
    static $adapter = adapter as any
    static selfAssignPrimaryKey = true

    @column({ isPrimary: true })
    declare id: string

    @column()
    declare organisationId: string

    @column.dateTime({ autoCreate: true })
    declare createdAt: DateTime

    @column.dateTime({ autoCreate: true, autoUpdate: true })
    declare updatedAt: DateTime

    @beforeCreate()
    static assignId(row: Tenanted) {
      row.id ??= uuidv7()
    }

    static $addRelation(name: string, type: any, relatedModel: () => any, options: any) {
      const onQuery = (query: any) => {
        const related = relatedModel()
        if (related.$adapter === adapter) {
          query.where(`${related.table}.${TENANT_COLUMN}`, Tenancy.current().organisationId)
          query.wrapExisting()
        }
        options.onQuery?.(query)
      }
      super.$addRelation(name, type, relatedModel, { ...options, onQuery })
    }
  }
  return Tenanted
}
