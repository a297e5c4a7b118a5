import { Adapter } from '@adonisjs/lucid/orm'
import db from '@adonisjs/lucid/services/db'
import type { LucidModel, LucidRow, ModelAdapterOptions } from '@adonisjs/lucid/types/model'
import Tenancy from '#tenancy/tenancy'
import { rowWrite } from '#tenancy/query_guards'

export const TENANT_COLUMN = 'organisation_id'

/**
 * Lucid has no global scopes, and hooks miss bulk writes, pojo reads and counts; so the adapter, which
 * every model query passes through, adds the organisation and joins the request's transaction.
 */
export default class TenantAdapter extends Adapter {
  constructor() {
    super(db)
  }

  modelConstructorClient(_model: LucidModel, options?: ModelAdapterOptions): any {
    const { trx } = Tenancy.current()
    return options?.client?.isTransaction ? options.client : trx
  }

  modelClient(instance: LucidRow): any {
    Tenancy.current()
    return super.modelClient(instance)
  }

  query(model: any, options?: ModelAdapterOptions): any {
    return super
      .query(model, options)
      .where(`${model.table}.${TENANT_COLUMN}`, Tenancy.current().organisationId)
      .wrapExisting()
  }

  async insert(instance: any, attributes: any) {
    instance.organisationId = Tenancy.current().organisationId
    return super.insert(instance, { ...attributes, [TENANT_COLUMN]: instance.organisationId })
  }

  async update(instance: any, dirty: any) {
    if (TENANT_COLUMN in dirty) throw new Error('A row never moves to another organisation')
    await this.#rowQuery('update', instance).update(dirty)
  }

  async delete(instance: any) {
    await this.#rowQuery('delete', instance).del()
  }

  async refresh(instance: any) {
    const fresh = await instance.constructor.findOrFail(instance.$primaryKeyValue)
    instance.$hydrateOriginals()
    instance.$consumeAdapterResult(fresh.$attributes)
  }

  #rowQuery(action: 'update' | 'delete', instance: any) {
    const query = instance.$getQueryFor(action, this.modelClient(instance))
    query[rowWrite] = true
    return query.where(TENANT_COLUMN, Tenancy.current().organisationId)
  }
}
