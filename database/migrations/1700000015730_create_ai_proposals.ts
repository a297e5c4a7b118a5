import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** What the assistant proposes to add. Nothing becomes of it unless the person who asked accepts it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table ai_proposals (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        interaction_id uuid not null,
        membership_id uuid not null,
        position smallint not null check (position >= 1),
        type text not null check (type in ('risk', 'assumption', 'issue', 'dependency', 'decision')),
        content text,
        status text not null default 'proposed'
          check (status in ('proposed', 'accepted', 'edited', 'dismissed')),
        raid_item_id uuid,
        decided_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, interaction_id, position),
        foreign key (organisation_id, project_id, interaction_id)
          references ai_interactions (organisation_id, project_id, id),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id),
        foreign key (organisation_id, raid_item_id) references raid_items (organisation_id, id)
          on delete set null (raid_item_id),
        constraint decided_once check ((status = 'proposed') = (decided_at is null))
      );
      create index ai_proposals_open on ai_proposals
        (organisation_id, membership_id, project_id, created_at) where status = 'proposed';
      create index ai_proposals_interaction on ai_proposals
        (organisation_id, project_id, interaction_id);
      create index ai_proposals_item on ai_proposals (organisation_id, raid_item_id)
        where raid_item_id is not null;
      grant select, insert on ai_proposals to orch_app;
      grant update (content, status, raid_item_id, decided_at, updated_at) on ai_proposals to orch_app;
    `)
    this.schema.raw(guardTenantTables('ai_proposals'))
    this.schema.raw(watchTable('ai_proposals', 'ai_proposal', ['content', 'raid_item_id']))
  }

  async down() {
    this.schema.raw('drop table ai_proposals')
  }
}
