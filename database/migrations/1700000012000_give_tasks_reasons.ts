import { BaseSchema } from '@adonisjs/lucid/schema'

/** What holds a blocked task up, kept for as long as it is blocked. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table tasks
        add column blocked_reason text check (length(blocked_reason) between 1 and 1000),
        add constraint blocked_for_a_reason
          check ((status = 'blocked') = (blocked_reason is not null));
    `)
  }

  async down() {
    this.schema.raw('alter table tasks drop column blocked_reason')
  }
}
