import { BaseSchema } from '@adonisjs/lucid/schema'

/** A project that only shows how things are done, and when a member put the guide to setting up away. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table projects add column is_sample boolean not null default false;
      create unique index projects_one_sample on projects (organisation_id) where is_sample;
      alter table memberships add column setup_dismissed_at timestamptz;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table memberships drop column setup_dismissed_at;
      alter table projects drop column is_sample;
    `)
  }
}
