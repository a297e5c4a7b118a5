import { BaseSchema } from '@adonisjs/lucid/schema'

/** How often something was done of late, by whom only a keyed hash knows. The order of columns is the limiter's. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create unlogged table rate_limits (
        key text primary key,
        points integer not null default 0,
        expire bigint
      );
      create index rate_limits_expire on rate_limits (expire);
      grant select, insert, update, delete on rate_limits to orch_app;
    `)
  }

  async down() {
    this.schema.raw('drop table rate_limits')
  }
}
