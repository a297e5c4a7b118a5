import { ModelQueryBuilder } from '@adonisjs/lucid/orm'
import Tenancy from '#tenancy/tenancy'
import { sharedTables } from '#tenancy/shared_tables'

export const TENANT_COLUMN = 'organisation_id'

/** Marks a write issued by one model instance, whose hooks therefore run. */
export const rowWrite = Symbol('write issued by one model instance')

const subSelect = Symbol('a callback that becomes a whole select, not a group of conditions')
const BULK_WRITES = ['update', 'del']

/**
 * Patches Lucid's query builder once, at boot; pinned to Lucid 22.4. The organisation is added when a query becomes
 * SQL, whatever built it: a clause added earlier is lost to `clearWhere`, to a leading `orWhere` and to every query
 * that Lucid makes without the adapter.
 */
export function installQueryGuards() {
  const prototype = ModelQueryBuilder.prototype as any
  const { applyWhere, execQuery, transformValue } = prototype

  prototype.execQuery = function (this: any) {
    if (this.model.tenanted) Tenancy.own(this.client)
    refuseBulkWrite(this)
    return execQuery.call(this)
  }

  prototype.applyWhere = function (this: any) {
    const scope = this.model.tenanted && scopedColumn(this)
    const conditions = withoutConsuming(this, applyWhere)
    if (!scope) return conditions(this.knexQuery)
    this.knexQuery.clearWhere().where(scope, Tenancy.current().organisationId)
    if (this.whereStack.flat().length > 0) this.knexQuery.where(conditions)
  }

  prototype.transformValue = function (this: any, value: unknown) {
    if (typeof value !== 'function') return transformValue.call(this, value)
    return transformValue.call(this, (query: any) => {
      query[subSelect] = true
      value(query)
    })
  }
}

function refuseBulkWrite(query: any) {
  if (!query.model.audit || query[rowWrite]) return
  if (!BULK_WRITES.includes(query.knexQuery._method)) return
  throw new Error(`${query.model.name} is audited: change its rows one by one, not in bulk`)
}

/** Null for a group of conditions, which the query around it scopes, and for tables without a tenant. */
function scopedColumn(query: any) {
  if (query.isChildQuery && !query[subSelect]) return null
  const source = sourceOf(query)
  return source && !(source.table in sharedTables) ? `${source.name}.${TENANT_COLUMN}` : null
}

/** The table a query reads and its name there; null when it reads a sub-query, which is scoped itself. */
function sourceOf(query: any): { table: string; name: string } | null {
  const { table } = query.knexQuery._single
  if (typeof table === 'string') {
    const [name, alias] = table.split(/\s+as\s+/i)
    return { table: name, name: alias ?? name }
  }
  if (table?._statements) return null
  const [[name, aliased] = []] = Object.entries(table ?? {})
  if (typeof aliased === 'string') return { table: aliased, name: name! }
  throw new Error(`${query.model.name}: a tenant's query names its table, so that it can be scoped`)
}

/** Lucid consumes the first clause of each wrapped group, so that a query run twice would lose some. */
function withoutConsuming(query: any, applyWhere: () => void) {
  return (knexQuery: any) =>
    applyWhere.call({
      knexQuery,
      whereStack: query.whereStack.map((group: unknown[]) => [...group]),
      getWrappingMethod: query.getWrappingMethod,
    } as any)
}
