import { errors } from '@adonisjs/lucid'
import { Adapter } from '@adonisjs/lucid/orm'
import db from '@adonisjs/lucid/services/db'
import type { LucidModel, LucidRow, ModelAdapterOptions } from '@adonisjs/lucid/types/model'
import { rowWrite, TENANT_COLUMN } from '#tenancy/query_guards'
import { write } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Connects every model to the transaction of `Tenancy.run`, sets the organisation on inserts, and refuses changes that
 * reach no row. Reading is scoped by the query guards.
 */
export default class TenantAdapter extends Adapter {
  constructor() {
    super(db)
  }

  modelConstructorClient(_model: LucidModel, options?: ModelAdapterOptions): any {
    const client = options?.client
    return client?.isTransaction ? Tenancy.own(client) : Tenancy.current().trx
  }

  modelClient(instance: LucidRow): any {
    return Tenancy.own(super.modelClient(instance))
  }

  /** As a prepared statement: an insert into a table with many columns takes long to plan. */
  async insert(instance: any, attributes: any) {
    instance.organisationId = Tenancy.current().organisationId
    const row = { ...attributes, [TENANT_COLUMN]: instance.organisationId }
    // What is not set is left to the database's defaults.
    const columns = Object.keys(row).filter((column) => row[column] !== undefined)
    const text = `insert into "${instance.constructor.table}"
      (${columns.map((column) => `"${column}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`
    const values = columns.map((column) => row[column])
    const inserting = write(this.modelClient(instance), text, values).catch((error) => {
      // In the query builder's words: what is reported names the table.
      error.message = `${text} - ${error.message}`
      throw error
    })
    if (instance.constructor.insertsUnawaited) Tenancy.current().unawaited.add(inserting)
    else await inserting
  }

  async update(instance: any, dirty: any) {
    if (TENANT_COLUMN in dirty || 'id' in dirty) {
      throw new Error('A row keeps its id and never moves to another organisation')
    }
    await changeOne(this.#rowQuery('update', instance).update(dirty))
  }

  async delete(instance: any) {
    await changeOne(this.#rowQuery('delete', instance).del())
  }

  async refresh(instance: any) {
    const fresh = await instance.constructor.findOrFail(instance.$primaryKeyValue)
    instance.merge(fresh.$attributes)
    instance.$hydrateOriginals()
  }

  #rowQuery(action: 'update' | 'delete', instance: any) {
    const query = instance.$getQueryFor(action, this.modelClient(instance))
    query[rowWrite] = true
    return query
  }
}

/** A change that reaches nothing must not look done: the row is gone, or another organisation's. */
async function changeOne(query: any) {
  const [changed] = await query
  if (Number(changed) !== 1) throw new errors.E_ROW_NOT_FOUND(query.model)
}
