import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * Endpoints of an organisation's own programs, and what they are told. A delivery is queued by the event that
 * it tells of, in the same transaction, whatever wrote it: none is told that did not happen, and none is lost.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(TABLES)
    this.schema.raw(guardTenantTables('webhook_endpoints', 'webhook_deliveries'))
    this.schema.raw(
      // Secrets are sealed anew when keys rotate; who gives an endpoint another one writes its event all the same.
      watchTable('webhook_endpoints', 'webhook_endpoint', [
        'created_by',
        'failing_since',
        'secret',
        'former_secret',
      ])
    )
    this.schema.raw(QUEUEING)
  }

  async down() {
    this.schema.raw(`
      drop trigger told_to_webhooks on audit.events;
      drop function audit.queue_webhooks();
      drop table webhook_deliveries, webhook_endpoints;
    `)
  }
}

const TABLES = `
  create table webhook_endpoints (
    organisation_id uuid not null,
    id uuid not null,
    name text not null check (length(name) between 1 and 80),
    url text not null check (length(url) <= 500),
    events text[] not null check (cardinality(events) between 1 and 60),
    secret text not null,
    former_secret text,
    former_until timestamptz,
    status text not null default 'active' check (status in ('active', 'paused', 'failing')),
    failing_since timestamptz,
    lock_version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    foreign key (organisation_id, created_by) references memberships (organisation_id, id)
  );
  create index webhook_endpoints_creator on webhook_endpoints (organisation_id, created_by);
  create table webhook_deliveries (
    organisation_id uuid not null,
    id uuid not null,
    endpoint_id uuid not null,
    event_id uuid not null,
    action text not null,
    state text not null default 'queued' check (state in ('queued', 'delivered', 'failed')),
    attempts smallint not null default 0,
    response_code smallint,
    failure text check (failure ~ '^[a-z_]{1,40}$'),
    attempted_at timestamptz,
    due_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    foreign key (organisation_id, endpoint_id) references webhook_endpoints (organisation_id, id)
      on delete cascade
  );
  create index webhook_deliveries_log on webhook_deliveries (organisation_id, endpoint_id, id desc);
  create index webhook_deliveries_age on webhook_deliveries (organisation_id, created_at);
  grant select, insert, update, delete on webhook_endpoints, webhook_deliveries to orch_app;
  grant insert, update on api_token_uses to orch_app;
`

/** No foreign key to the event: erasing a project removes its events, and deliveries go with their age. */
const QUEUEING = `
  create function audit.queue_webhooks() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare endpoint uuid; delivery uuid;
  begin
    for endpoint in
      select id from webhook_endpoints
       where organisation_id = new.organisation_id and status = 'active' and new.action = any(events)
    loop
      delivery := audit.new_id();
      insert into webhook_deliveries (organisation_id, id, endpoint_id, event_id, action)
        values (new.organisation_id, delivery, endpoint, new.id, new.action);
      perform graphile_worker.add_job('deliver_webhook',
        json_build_object('organisationId', new.organisation_id, 'deliveryId', delivery));
    end loop;
    return null;
  end $$;
  revoke all on function audit.queue_webhooks() from public;
  create trigger told_to_webhooks after insert on audit.events
    for each row execute function audit.queue_webhooks();
`
