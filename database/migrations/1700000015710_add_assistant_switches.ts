import { BaseSchema } from '@adonisjs/lucid/schema'

/** A project may go without the assistant; how long what was asked is kept. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table projects add column is_assistant_enabled boolean not null default true;
      alter table retention_settings
        add column assistant_days smallint not null default 90
          check (assistant_days between 1 and 90);
    `)
  }

  async down() {
    this.schema.raw(`
      alter table projects drop column is_assistant_enabled;
      alter table retention_settings drop column assistant_days;
    `)
  }
}
