import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardSettings, SETTINGS_ROW } from '../organisation_settings.js'

const TABLES = ['assistant_settings', 'retention_settings']

/** Whether the assistant may be asked and what it may cost; how long the organisation keeps what. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table assistant_settings (
        is_enabled boolean not null default false,
        currency text not null default 'GBP' check (currency in ('GBP')),
        -- In pence; 0 sets no limit.
        monthly_budget integer not null default 0 check (monthly_budget between 0 and 10000000),
        personal_budget integer not null default 0 check (personal_budget between 0 and 10000000),
        check (monthly_budget = 0 or personal_budget <= monthly_budget),
        ${SETTINGS_ROW}
      );
      create table retention_settings (
        -- Null is never.
        closed_project_months smallint check (closed_project_months between 12 and 120),
        notification_days smallint not null default 180 check (notification_days between 7 and 180),
        mail_days smallint not null default 30 check (mail_days between 1 and 30),
        ${SETTINGS_ROW}
      );
    `)
    this.schema.raw(guardSettings(TABLES, ['gate_defaults', 'raid_scoring', ...TABLES]))
    for (const table of TABLES) {
      this.schema.raw(watchTable(table, table, [], ['update', 'delete']))
    }
  }
}
