import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { type BaseModel, beforeCreate, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import TenantAdapter from '#tenancy/tenant_adapter'

const adapter = new TenantAdapter()

/** Binds a model to the organisation of `Tenancy.run`: reads, writes and relations. Gives it a UUIDv7 id. */
export function tenanted<T extends NormalizeConstructor<typeof BaseModel>>(superclass: T) {
  class Tenanted extends superclass {
    static $adapter = adapter as any
    static tenanted = true
    static selfAssignPrimaryKey = true

    static get columnNames(): string[] {
      return [...this.$columnsDefinitions.values()].map(({ columnName }) => columnName)
    }

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

    /** Lucid clones each value deeply, which is needed only for what can change in place. */
    $hydrateOriginals() {
      if (Object.values(this.$attributes).some(canChangeInPlace)) super.$hydrateOriginals()
      else this.$original = { ...this.$attributes }
    }

    static $addManyToMany(name: string) {
      throw unscoped(name)
    }

    static $addHasManyThrough(name: string) {
      throw unscoped(name)
    }

    static truncate(): Promise<void> {
      throw new Error('Truncating a table would empty it for every organisation')
    }
  }
  return Tenanted
}

function canChangeInPlace(value: unknown) {
  return typeof value === 'object' && value !== null && !(value instanceof DateTime)
}

function unscoped(relation: string) {
  return new Error(`"${relation}" joins a table past its model: give that table a model of its own`)
}
