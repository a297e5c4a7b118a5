import { BaseSchema } from '@adonisjs/lucid/schema'

/** A large file is imported, and its import undone, by a worker: how far it is, and why it came to nothing. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table imports
        add column attempts smallint not null default 0,
        add column parts_done integer not null default 0,
        add column parts integer not null default 0,
        add column problem text;
      alter table imports add constraint imports_problem
        check (problem in ('moved', 'nothing', 'access', 'suspended', 'fault')) not valid;
      alter table imports drop constraint imports_status_check;
      alter table imports add constraint imports_status_check
        check (status in ('draft', 'executing', 'imported', 'undoing', 'undone')) not valid;
      alter table imports validate constraint imports_status_check;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table imports drop constraint imports_status_check;
      alter table imports add constraint imports_status_check
        check (status in ('draft', 'imported', 'undone')) not valid;
      alter table imports drop column attempts, drop column parts_done, drop column parts, drop column problem;
    `)
  }
}
