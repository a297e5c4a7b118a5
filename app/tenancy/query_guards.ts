import { ModelQueryBuilder } from '@adonisjs/lucid/orm'

/** Marks a write issued by one model instance, whose hooks therefore run. */
export const rowWrite = Symbol('write issued by one model instance')

const BULK_WRITES = ['update', 'del']

/** Patches Lucid's query builder once, at boot. Both patches are pinned to Lucid 22.4. */
export function installQueryGuards() {
  const prototype = ModelQueryBuilder.prototype as any
  const { execQuery, applyWhere } = prototype

  prototype.execQuery = function (this: any) {
    const bulk = BULK_WRITES.includes(this.knexQuery._method) && !this[rowWrite]
    if (this.model.audit && bulk) {
      throw new Error(`${this.model.name} is audited: change its rows one by one, not in bulk`)
    }
    return execQuery.call(this)
  }

  /** Lucid consumes the first clause of each wrapped group; running the query twice would lose the tenant. */
  prototype.applyWhere = function (this: any) {
    const stack = this.whereStack.map((group: unknown[]) => [...group])
    applyWhere.call(this)
    this.whereStack = stack
  }
}
