import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Copies of their data that people asked for, one at a time. Rows of the platform's own tenancy. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table privacy_exports (
        organisation_id uuid not null,
        id uuid not null,
        user_id uuid not null references users (id),
        request_id uuid,
        kind text not null check (kind in ('access', 'portability')),
        status text not null check (status in ('queued', 'running', 'ready', 'downloaded', 'failed',
          'expired')),
        attempts smallint not null default 0,
        parts_done integer not null default 0,
        parts integer not null default 0,
        records bigint not null default 0,
        progressed_at timestamptz not null default now(),
        size bigint,
        sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
        is_stored boolean not null default false,
        expires_at timestamptz,
        downloaded_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, request_id) references privacy_requests (organisation_id, id),
        check (status <> 'ready' or num_nulls(size, sha256, expires_at) = 0)
      );
      create unique index privacy_exports_open on privacy_exports (organisation_id, user_id)
        where status in ('queued', 'running');
      create index privacy_exports_user on privacy_exports (organisation_id, user_id, id);
      create index privacy_exports_request on privacy_exports (organisation_id, request_id)
        where request_id is not null;
      create index privacy_exports_stored on privacy_exports (organisation_id, id) where is_stored;
      grant select, insert, update on privacy_exports to orch_app;
    `)
    this.schema.raw(guardTenantTables('privacy_exports'))
    this.schema.raw(
      watchTable('privacy_exports', 'privacy_export', [
        'user_id',
        'request_id',
        'attempts',
        'parts_done',
        'parts',
        'records',
        'progressed_at',
        'size',
        'sha256',
        'is_stored',
        'expires_at',
        'downloaded_at',
      ])
    )
  }

  async down() {
    this.schema.raw('drop table privacy_exports')
  }
}
