import { BaseSchema } from '@adonisjs/lucid/schema'

/** Entries whose review is due are read in the order of their days, of one project and across all. */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    // One that broke off leaves an index that is not valid, and runs again.
    this.schema.raw('drop index concurrently if exists raid_items_reviews')
    this.schema.raw(`create index concurrently raid_items_reviews on raid_items
      (organisation_id, project_id, type, next_review_on, number) where next_review_on is not null`)
    this.schema.raw('drop index concurrently if exists raid_items_all_reviews')
    this.schema.raw(`create index concurrently raid_items_all_reviews on raid_items
      (organisation_id, type, next_review_on, id) where next_review_on is not null`)
  }

  async down() {
    this.schema.raw('drop index raid_items_reviews')
    this.schema.raw('drop index raid_items_all_reviews')
  }
}
