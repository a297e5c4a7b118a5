import { BaseSchema } from '@adonisjs/lucid/schema'

/** A name is taken within a list, and somebody begins each list with a view of its own. */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    // One that broke off leaves an index that is not valid, and runs again.
    this.schema.raw('drop index concurrently if exists portfolio_views_named')
    this.schema.raw(`create unique index concurrently portfolio_views_named on portfolio_views
      (organisation_id, owner_id, list, lower(name))`)
    this.schema.raw('drop index concurrently if exists portfolio_views_begun')
    this.schema.raw(`create unique index concurrently portfolio_views_begun on portfolio_views
      (organisation_id, owner_id, list) where is_default`)
    this.schema.raw('drop index concurrently if exists portfolio_views_name')
    this.schema.raw('drop index concurrently if exists portfolio_views_default')
  }

  async down() {
    this.schema.raw('drop index portfolio_views_named')
    this.schema.raw('drop index portfolio_views_begun')
    this.schema.raw(`create unique index concurrently portfolio_views_name on portfolio_views
      (organisation_id, owner_id, lower(name))`)
    this.schema.raw(`create unique index concurrently portfolio_views_default on portfolio_views
      (organisation_id, owner_id) where is_default`)
  }
}
