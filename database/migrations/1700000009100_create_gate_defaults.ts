import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardSettings, SETTINGS_ROW } from '../organisation_settings.js'

/** How gates are decided where a gate itself does not say otherwise. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table gate_defaults (
        decision_rule text not null default 'chair_after_advice'
          check (decision_rule in ('sole_decider', 'chair_after_advice', 'majority', 'unanimous')),
        quorum smallint not null default 1 check (quorum between 1 and 50),
        reminder_days smallint not null default 7 check (reminder_days between 0 and 60),
        poll_enabled boolean not null default true,
        check (decision_rule <> 'sole_decider' or quorum = 1),
        ${SETTINGS_ROW}
      );
    `)
    this.schema.raw(guardSettings(['gate_defaults'], ['gate_defaults']))
    this.schema.raw(watchTable('gate_defaults', 'gate_defaults', [], ['update', 'delete']))
  }

  async down() {
    this.schema.raw(`
      drop trigger give_settings on organisations;
      drop function give_settings();
      drop table gate_defaults;
    `)
  }
}
