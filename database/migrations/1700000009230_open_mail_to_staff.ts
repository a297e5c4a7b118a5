import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What staff of the platform see of every organisation's mails: what became of them, and to which kind of
 * address. Content and whole addresses never pass these doors.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create index email_outbox_states on email_outbox (status, id);
      grant delete on mail_suppressions to orch_app;
      grant select (email, template, failure, attempts, created_at)
        on email_outbox to orch_directory;

      grant create on schema directory to orch_directory;
      set local role orch_directory;

      create function directory.is_staff() returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
        select exists (select from users
          where id = nullif(current_setting('app.user_id', true), '')::uuid
            and platform_role = 'admin')
      $$;

      create function directory.masked(p_email citext) returns text
      language sql immutable set search_path = public, pg_temp as $$
        select left(p_email::text, 1) || '•••' || substring(p_email::text from '@[^@]*$')
      $$;

      -- The newest of each state, then the newest of these: the cost does not grow with the outbox.
      create function directory.mails(p_statuses text[], p_before uuid, p_limit integer)
      returns table (id uuid, organisation text, template text, status text, failure text,
        attempts smallint, address text, created_at timestamptz)
      language sql stable security definer set search_path = public, pg_temp as $$
        select newest.id, o.name, newest.template, newest.status, newest.failure, newest.attempts,
          directory.masked(newest.email), newest.created_at
        from unnest(p_statuses) as state
        cross join lateral (
          select m.organisation_id, m.id, m.template, m.status, m.failure, m.attempts, m.email,
            m.created_at
          from email_outbox m
          where m.status = state and m.id < p_before
          order by m.id desc limit p_limit
        ) newest
        left join organisations o on o.id = newest.organisation_id
        where directory.is_staff()
        order by newest.id desc limit p_limit
      $$;

      create function directory.failed_mail(p_id uuid) returns uuid
      language sql stable security definer set search_path = public, pg_temp as $$
        select m.organisation_id from email_outbox m
        where m.id = p_id and m.status = 'failed' and directory.is_staff()
      $$;

      revoke all on function directory.is_staff() from public;
      revoke all on function directory.masked(citext) from public;
      revoke all on function directory.mails(text[], uuid, integer) from public;
      revoke all on function directory.failed_mail(uuid) from public;
      grant execute on function directory.is_staff() to orch_app;
      grant execute on function directory.mails(text[], uuid, integer) to orch_app;
      grant execute on function directory.failed_mail(uuid) to orch_app;
      reset role;
      revoke create on schema directory from orch_directory;
    `)
  }

  async down() {
    this.schema.raw(`
      drop function directory.mails(text[], uuid, integer);
      drop function directory.failed_mail(uuid);
      drop function directory.masked(citext);
      drop function directory.is_staff();
      drop index email_outbox_states;
      revoke delete on mail_suppressions from orch_app;
    `)
  }
}
