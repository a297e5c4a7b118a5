import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What lists sort names and titles by: capitals and accents make no difference, so that "eInvoicing" stands before
 * "Zoning". It is a column, because under row level security no index helps to seek by a function.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table raid_items add column title_folded text not null generated always as (folded(title)) stored;
      alter table tasks add column title_folded text not null generated always as (folded(title)) stored;
      alter table external_resources add column name_folded text not null generated always as (folded(name)) stored;
      alter table projects add column name_folded text not null generated always as (folded(name)) stored;

      drop index raid_items_title, raid_items_all_title, tasks_title, tasks_all_title, external_resources_name;
      create index raid_items_title on raid_items (organisation_id, project_id, type, title_folded, number);
      create index raid_items_all_title on raid_items (organisation_id, type, title_folded, id);
      create index tasks_title on tasks (organisation_id, project_id, title_folded, number);
      create index tasks_all_title on tasks (organisation_id, title_folded, id);
      create index external_resources_name on external_resources (organisation_id, name_folded, id);
    `)
  }

  async down() {
    this.schema.raw(`
      alter table projects drop column name_folded;
      alter table external_resources drop column name_folded;
      alter table tasks drop column title_folded;
      alter table raid_items drop column title_folded;

      create index raid_items_title on raid_items (organisation_id, project_id, type, title, number);
      create index raid_items_all_title on raid_items (organisation_id, type, title, id);
      create index tasks_title on tasks (organisation_id, project_id, title, number);
      create index tasks_all_title on tasks (organisation_id, title, id);
      create index external_resources_name on external_resources (organisation_id, name, id);
    `)
  }
}
