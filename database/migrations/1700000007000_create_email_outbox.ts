import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/** The mails of each organisation, and those of the platform under its own id, with what became of them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table email_outbox (
        organisation_id uuid not null,
        id uuid not null,
        idempotency_key text not null check (length(idempotency_key) between 1 and 200),
        template text not null check (template ~ '^[a-z][a-z_]*$'),
        membership_id uuid,
        email citext,
        name text,
        subject text,
        text_body text,
        html_body text,
        unsubscribe_url text,
        status text not null default 'queued' check (status in ('queued', 'sending', 'sent',
          'delivered', 'bounced', 'complained', 'suppressed', 'failed', 'kept')),
        failure text,
        attempts smallint not null default 0,
        provider_id text,
        due_at timestamptz not null default now(),
        first_attempted_at timestamptz,
        sent_at timestamptz,
        settled_at timestamptz,
        blanked_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, idempotency_key),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id),
        constraint whole_or_blanked check (
          (email is null) = (blanked_at is not null)
          and (blanked_at is null or num_nonnulls(name, subject, text_body, html_body, unsubscribe_url) = 0)
        )
      );
      create unique index email_outbox_provider on email_outbox (provider_id)
        where provider_id is not null;
      create index email_outbox_due on email_outbox (due_at) where status in ('queued', 'sending');
      create index email_outbox_unblanked on email_outbox (organisation_id, created_at)
        where blanked_at is null;
      create index email_outbox_membership on email_outbox (organisation_id, membership_id)
        where membership_id is not null;

      grant select, insert, update on email_outbox to orch_app;
    `)
    this.schema.raw(guardTenantTables('email_outbox'))
  }

  async down() {
    this.schema.raw('drop table email_outbox')
  }
}
