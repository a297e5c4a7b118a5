import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * What people tell us of the product, under the platform's id: the message, the page, the account, and
 * nothing else. It is theirs, so that erasing a person deletes it.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table feedback (
        organisation_id uuid not null,
        id uuid not null,
        user_id uuid not null references users (id),
        message text not null check (length(message) between 1 and 5000),
        page text check (page like '/%' and length(page) <= 500),
        status text not null default 'new'
          check (status in ('new', 'in_progress', 'answered', 'closed')),
        lock_version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id)
      );
      create index feedback_inbox on feedback (organisation_id, status, id);
      create index feedback_own on feedback (organisation_id, user_id, id);

      create table feedback_replies (
        organisation_id uuid not null,
        id uuid not null,
        feedback_id uuid not null,
        mail_id uuid not null,
        body text not null check (length(body) between 1 and 5000),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, feedback_id) references feedback (organisation_id, id)
          on delete cascade,
        foreign key (organisation_id, mail_id) references email_outbox (organisation_id, id)
      );
      create index feedback_replies_feedback on feedback_replies (organisation_id, feedback_id, id);

      grant select, insert, update, delete on feedback to orch_app;
      grant select, insert, update, delete on feedback_replies to orch_app;
    `)
    this.schema.raw(guardTenantTables('feedback', 'feedback_replies'))
    this.schema.raw(watchTable('feedback', 'feedback'))
  }

  async down() {
    this.schema.raw('drop table feedback_replies, feedback')
  }
}
