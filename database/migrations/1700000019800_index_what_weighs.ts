import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What is high in a project is counted from the index that already puts its entries in order, without a look at the
 * entries; what nobody owns has an index of its own.
 */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    // One that broke off leaves an index that is not valid, and runs again.
    this.schema.raw('drop index concurrently if exists raid_items_weight')
    this.schema.raw(`create index concurrently raid_items_weight on raid_items
      (organisation_id, project_id, type, rating, number)
      include (id, status, sensitivity, created_by, owner_id, nature, issue_kind, category)`)
    this.schema.raw('drop index concurrently if exists raid_items_unowned')
    this.schema.raw(`create index concurrently raid_items_unowned on raid_items
      (organisation_id, project_id, due_on) include (type, status)
      where owner_id is null and owner_label is null`)
    this.schema.raw('drop index concurrently if exists raid_items_rating')
  }

  async down() {
    this.schema.raw(`create index concurrently raid_items_rating on raid_items
      (organisation_id, project_id, type, rating, number)`)
    this.schema.raw('drop index raid_items_weight')
    this.schema.raw('drop index raid_items_unowned')
  }
}
