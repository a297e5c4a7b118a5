import { BaseSchema } from '@adonisjs/lucid/schema'

const WEIGHT = 'id, status, sensitivity, created_by, owner_id, nature, issue_kind, category'

/**
 * Two wide indexes began with the same columns: one to count a project's entries, one to put them in order. With the day
 * that an entry is due, the second serves both, and each new entry is written into one index less. The latest comments were
 * found by a copy of the primary key.
 */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    // One that broke off leaves an index that is not valid, and runs again.
    this.schema.raw('drop index concurrently if exists raid_items_figures')
    this.schema.raw(`create index concurrently raid_items_figures on raid_items
      (organisation_id, project_id, type, rating, number) include (${WEIGHT}, due_on)`)
    this.schema.raw('drop index concurrently if exists raid_items_weight')
    this.schema.raw('drop index concurrently if exists raid_items_counts')
    this.schema.raw('drop index concurrently if exists comments_latest')
  }

  async down() {
    this.schema.raw(`create index concurrently raid_items_weight on raid_items
      (organisation_id, project_id, type, rating, number) include (${WEIGHT})`)
    this.schema.raw(`create index concurrently raid_items_counts on raid_items
      (organisation_id, project_id, type, owner_id)
      include (id, status, rating, due_on, sensitivity, created_by)`)
    this.schema.raw('drop index raid_items_figures')
    this.schema.raw('create index concurrently comments_latest on comments (organisation_id, id)')
  }
}
