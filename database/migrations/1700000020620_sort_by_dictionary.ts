import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What lists sort names and titles by, wherever the database was made: capitals and accents hardly count, and "Lot 2"
 * stands before "Lot 10". The order is ICU's, by the root of the Unicode collation algorithm.
 */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    this.schema.raw(
      `create collation if not exists public.dictionary (provider = icu, locale = 'und-u-kn')`
    )
    this.schema.raw('drop index concurrently if exists raid_items_title_order')
    this.schema.raw(
      'create index concurrently raid_items_title_order on raid_items (organisation_id, project_id, type, title collate dictionary, number)'
    )
    this.schema.raw('drop index concurrently if exists raid_items_all_title_order')
    this.schema.raw(
      'create index concurrently raid_items_all_title_order on raid_items (organisation_id, type, title collate dictionary, id)'
    )
    this.schema.raw('drop index concurrently if exists tasks_title_order')
    this.schema.raw(
      'create index concurrently tasks_title_order on tasks (organisation_id, project_id, title collate dictionary, number)'
    )
    this.schema.raw('drop index concurrently if exists tasks_all_title_order')
    this.schema.raw(
      'create index concurrently tasks_all_title_order on tasks (organisation_id, title collate dictionary, id)'
    )
    this.schema.raw('drop index concurrently if exists external_resources_name_order')
    this.schema.raw(
      'create index concurrently external_resources_name_order on external_resources (organisation_id, name collate dictionary, id)'
    )
    for (const index of FORMER) this.schema.raw(`drop index concurrently if exists ${index}`)
  }

  async down() {
    this.schema.raw(
      'create index concurrently raid_items_title on raid_items (organisation_id, project_id, type, title, number)'
    )
    this.schema.raw(
      'create index concurrently raid_items_all_title on raid_items (organisation_id, type, title, id)'
    )
    this.schema.raw(
      'create index concurrently tasks_title on tasks (organisation_id, project_id, title, number)'
    )
    this.schema.raw(
      'create index concurrently tasks_all_title on tasks (organisation_id, title, id)'
    )
    this.schema.raw(
      'create index concurrently external_resources_name on external_resources (organisation_id, name, id)'
    )
    this.schema.raw(`
      drop index external_resources_name_order, tasks_all_title_order, tasks_title_order,
        raid_items_all_title_order, raid_items_title_order;
      drop collation public.dictionary;
    `)
  }
}

const FORMER = [
  'raid_items_title',
  'raid_items_all_title',
  'tasks_title',
  'tasks_all_title',
  'external_resources_name',
]
