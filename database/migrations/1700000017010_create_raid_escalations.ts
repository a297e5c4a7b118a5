import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** What was asked of a programme or of the organisation about an entry, and what became of it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table raid_escalations (
        organisation_id uuid not null,
        id uuid not null,
        raid_item_id uuid not null,
        level text not null check (level in ('programme', 'organisation')),
        reason text not null check (length(reason) between 1 and 2000),
        ask text not null check (length(ask) between 1 and 2000),
        -- Null: whoever answers for the level.
        asked_of_id uuid,
        state text not null default 'open'
          check (state in ('open', 'accepted', 'returned', 'taken_back')),
        answer text check (length(answer) <= 2000),
        raised_by uuid,
        raised_on date not null,
        answered_by uuid,
        answered_on date,
        lock_version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, raid_item_id) references raid_items (organisation_id, id) on delete cascade,
        foreign key (organisation_id, asked_of_id) references memberships (organisation_id, id),
        foreign key (organisation_id, raised_by) references memberships (organisation_id, id),
        foreign key (organisation_id, answered_by) references memberships (organisation_id, id),
        check ((state = 'open') = (answered_on is null)),
        check (state not in ('returned', 'taken_back') or answer is not null)
      );
      -- An entry is escalated to one level at a time.
      create unique index raid_escalations_live on raid_escalations (organisation_id, raid_item_id)
        where state in ('open', 'accepted');
      create index raid_escalations_item on raid_escalations (organisation_id, raid_item_id, id);
      create index raid_items_escalated on raid_items (organisation_id, escalation, id)
        where escalation <> 'project';
      grant select, insert, update on raid_escalations to orch_app;
    `)
    this.schema.raw(guardTenantTables('raid_escalations'))
    this.schema.raw(watchTable('raid_escalations', 'raid_escalation'))
  }

  async down() {
    this.schema.raw('drop index raid_items_escalated; drop table raid_escalations')
  }
}
