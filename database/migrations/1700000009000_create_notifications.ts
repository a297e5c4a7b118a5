import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/** What members are told of, and how each of them wants to be told. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table notifications (
        organisation_id uuid not null,
        id uuid not null,
        membership_id uuid not null,
        kind text not null check (kind ~ '^[a-z][a-z_]*$'),
        project_id uuid,
        raid_item_id uuid,
        path text not null check (path ~ '^/[^/]' and length(path) <= 500),
        title text not null check (length(title) between 1 and 400),
        detail text check (length(detail) between 1 and 1100),
        key text not null check (length(key) between 1 and 150),
        read_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, membership_id, key),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        foreign key (organisation_id, raid_item_id) references raid_items (organisation_id, id)
          on delete cascade
      );
      create index notifications_inbox on notifications (organisation_id, membership_id, id);
      -- What the number beside the inbox is counted from, on every page.
      create index notifications_unread on notifications (organisation_id, membership_id, id)
        include (project_id, raid_item_id) where read_at is null;
      create index notifications_item on notifications (organisation_id, raid_item_id)
        where raid_item_id is not null;
      create index notifications_age on notifications (organisation_id, created_at);

      create table notification_preferences (
        organisation_id uuid not null,
        id uuid not null,
        membership_id uuid not null,
        kind text not null check (kind ~ '^[a-z][a-z_]*$'),
        in_app boolean not null,
        mail boolean not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, membership_id, kind),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id)
      );

      grant select, insert, update, delete on notifications to orch_app;
      grant select, insert, update on notification_preferences to orch_app;
    `)
    this.schema.raw(guardTenantTables('notifications', 'notification_preferences'))
  }

  async down() {
    this.schema.raw('drop table notifications, notification_preferences')
  }
}
