import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/** What delivery needs beside the outbox: what the provider told, whom not to write to, and two look-ups. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table mail_events (
        organisation_id uuid not null,
        id uuid not null,
        mail_id uuid not null,
        webhook_id text not null check (length(webhook_id) between 1 and 200),
        kind text not null check (kind in ('delivered', 'bounced', 'complained', 'failed')),
        occurred_at timestamptz not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, webhook_id),
        foreign key (organisation_id, mail_id) references email_outbox (organisation_id, id)
      );
      create index mail_events_mail on mail_events (organisation_id, mail_id, id);
      grant select, insert, update on mail_events to orch_app;

      create table mail_suppressions (
        address_hash bytea primary key check (octet_length(address_hash) = 32),
        reason text not null check (reason in ('bounced', 'complained')),
        created_at timestamptz not null default now()
      );
      grant select, insert on mail_suppressions to orch_app;
    `)
    this.schema.raw(guardTenantTables('mail_events'))
    this.schema.raw(LOOK_UPS)
  }

  async down() {
    this.schema.raw(`
      drop function directory.mail_sent_as(text);
      drop function directory.overdue_mails(timestamptz, integer);
      drop policy directory on email_outbox;
      drop table mail_events, mail_suppressions;
    `)
  }
}

/** Both answer ids and nothing else: which organisation's mail a webhook means, and which mails lie about. */
const LOOK_UPS = `
  create policy directory on email_outbox for select to orch_directory using (true);
  grant select (organisation_id, id, provider_id, status, due_at) on email_outbox to orch_directory;

  create function directory.mail_sent_as(p_provider_id text)
  returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
    select m.organisation_id, m.id from email_outbox m where m.provider_id = p_provider_id
  $$;

  create function directory.overdue_mails(p_before timestamptz, p_limit integer)
  returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
    select m.organisation_id, m.id from email_outbox m
    where m.status in ('queued', 'sending') and m.due_at < p_before
    order by m.due_at limit p_limit
  $$;

  revoke all on function directory.mail_sent_as(text) from public;
  revoke all on function directory.overdue_mails(timestamptz, integer) from public;
  grant execute on function directory.mail_sent_as(text) to orch_app;
  grant execute on function directory.overdue_mails(timestamptz, integer) to orch_app;
  grant create on schema directory to orch_directory;
  alter function directory.mail_sent_as(text) owner to orch_directory;
  alter function directory.overdue_mails(timestamptz, integer) owner to orch_directory;
  revoke create on schema directory from orch_directory;
`
