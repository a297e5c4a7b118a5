import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * What people ask about their data, and what came of it. Rows of the platform's own tenancy. The due date
 * is made by the database from the day of receipt, so that nothing can move it.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(REQUESTS)
    this.schema.raw(ENTRIES)
    this.schema.raw(RECIPIENTS)
    this.schema.raw(CODES)
    this.schema.raw(`
      grant select, insert, update on privacy_requests, privacy_codes to orch_app;
      grant select, insert on privacy_request_entries, privacy_request_recipients to orch_app;
    `)
    this.schema.raw(
      guardTenantTables(
        'privacy_requests',
        'privacy_request_entries',
        'privacy_request_recipients',
        'privacy_codes'
      )
    )
    this.schema.raw(
      watchTable('privacy_requests', 'privacy_request', [
        'user_id',
        'contact',
        'contact_hash',
        'details',
        'answer',
        'handler_id',
      ])
    )
    this.schema.raw(TOUCHING)
  }

  async down() {
    this.schema.raw(`
      drop function directory.privacy_requests(uuid);
      drop function directory.account_of(text);
      drop table privacy_codes, privacy_request_recipients, privacy_request_entries, privacy_requests;
    `)
  }
}

const REQUESTS = `
  create table privacy_requests (
    organisation_id uuid not null,
    id uuid not null,
    ref text not null check (ref ~ '^P-[0-9A-HJKMNP-TV-Z]{6}$'),
    kind text not null check (kind in ('access', 'portability', 'rectification', 'erasure',
      'restriction', 'objection', 'complaint')),
    channel text not null check (channel in ('profile', 'web', 'mail', 'telephone')),
    status text not null check (status in ('received', 'identity', 'working', 'clarification',
      'fulfilled', 'refused', 'withdrawn')),
    user_id uuid references users (id),
    contact text,
    contact_hash bytea check (length(contact_hash) = 32),
    details text,
    received_on date not null,
    due_on date not null generated always as
      (least(received_on + 30, (received_on + interval '1 month')::date)) stored,
    target_on date not null generated always as
      (least(received_on + 28, (received_on + interval '1 month')::date)) stored,
    identity_method text check (identity_method in ('session', 'mailed_code', 'known_contact')),
    identity_verified_at timestamptz,
    extended_to date,
    extension_reason text check (extension_reason in ('complexity', 'number_of_requests')),
    extension_notified_at timestamptz,
    refusal_ground text check (refusal_ground in ('identity_not_established', 'manifestly_unfounded',
      'excessive', 'rights_of_others', 'legal_obligation', 'legal_claims', 'nothing_held')),
    answer text,
    acknowledged_at timestamptz,
    completed_at timestamptz,
    evidence_sha256 text check (evidence_sha256 ~ '^[0-9a-f]{64}$'),
    handler_id uuid references users (id),
    lock_version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, ref),
    check ((identity_method is null) = (identity_verified_at is null)),
    check ((status in ('fulfilled', 'refused', 'withdrawn')) = (completed_at is not null)),
    check ((status = 'refused') = (refusal_ground is not null)),
    check (status <> 'fulfilled' or (evidence_sha256 is not null and identity_verified_at is not null)),
    check (num_nonnulls(extended_to, extension_reason, extension_notified_at) in (0, 3)),
    check (extended_to is null or (extended_to > received_on
      and extended_to <= (received_on + interval '3 months')::date))
  );
  create index privacy_requests_queue on privacy_requests
    (organisation_id, (coalesce(extended_to, due_on)), id) where completed_at is null;
  create index privacy_requests_done on privacy_requests (organisation_id, completed_at desc, id desc)
    where completed_at is not null;
  create index privacy_requests_user on privacy_requests (organisation_id, user_id, id)
    where user_id is not null;
  create index privacy_requests_contact on privacy_requests (organisation_id, contact_hash)
    where contact_hash is not null;
`

/** What happened to a request, by whom; only ever added to. */
const ENTRIES = `
  create table privacy_request_entries (
    organisation_id uuid not null,
    id uuid not null,
    request_id uuid not null,
    kind text not null check (kind ~ '^[a-z_]+$'),
    text text,
    author_id uuid references users (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    foreign key (organisation_id, request_id) references privacy_requests (organisation_id, id)
  );
  create index privacy_request_entries_request on privacy_request_entries
    (organisation_id, request_id, id);
  create unique index privacy_request_entries_alarm on privacy_request_entries
    (organisation_id, request_id, kind) where kind in ('alarm_first', 'alarm_last');
`

/** Whom we told of a correction, an erasure or a restriction (Article 19). */
const RECIPIENTS = `
  create table privacy_request_recipients (
    organisation_id uuid not null,
    id uuid not null,
    request_id uuid not null,
    recipient text not null,
    outcome text not null check (outcome in ('informed', 'impossible')),
    informed_on date not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, request_id, recipient),
    foreign key (organisation_id, request_id) references privacy_requests (organisation_id, id)
  );
`

const CODES = `
  create table privacy_codes (
    organisation_id uuid not null,
    id uuid not null,
    request_id uuid not null,
    digest bytea not null check (length(digest) = 32),
    attempts smallint not null default 0,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    foreign key (organisation_id, request_id) references privacy_requests (organisation_id, id)
  );
  create index privacy_codes_request on privacy_codes (organisation_id, request_id, id);
`

/**
 * Two narrow doors: an organisation learns that its people asked something, and nothing of what they wrote;
 * the desk learns which account an address belongs to, once it was proved.
 */
const TOUCHING = `
  grant select (organisation_id, id, ref, kind, status, user_id, received_on, due_on, extended_to,
    completed_at) on privacy_requests to orch_directory;
  create policy directory on privacy_requests for select to orch_directory using (true);

  create function directory.privacy_requests(p_platform uuid)
  returns table (ref text, kind text, status text, membership_id uuid, name text, received_on date,
    due_on date, completed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
    select r.ref, r.kind, r.status, m.id, u.name, r.received_on, coalesce(r.extended_to, r.due_on),
           r.completed_at
      from memberships m join users u on u.id = m.user_id
      join privacy_requests r on r.organisation_id = p_platform and r.user_id = m.user_id
     where m.organisation_id = app_organisation()
     order by r.completed_at is not null, coalesce(r.extended_to, r.due_on), r.id limit 200
  $$;

  create function directory.account_of(p_email text) returns uuid
  language sql stable security definer set search_path = public, pg_temp as $$
    select id from users where email = p_email::citext
  $$;

  revoke all on function directory.privacy_requests(uuid), directory.account_of(text) from public;
  grant execute on function directory.privacy_requests(uuid), directory.account_of(text) to orch_app;
  grant create on schema directory to orch_directory;
  alter function directory.privacy_requests(uuid) owner to orch_directory;
  alter function directory.account_of(text) owner to orch_directory;
  revoke create on schema directory from orch_directory;
`
