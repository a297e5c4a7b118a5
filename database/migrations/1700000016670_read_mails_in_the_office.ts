import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'

/**
 * What staff of the platform see of every organisation's mails and use of the assistant is read by the role
 * that may only read, as everything else in the back office. Content and whole addresses never pass.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      grant select (organisation_id, id, email, template, status, failure, attempts, created_at)
        on email_outbox to orch_office;
      grant select (organisation_id, asked_at, status, input_tokens, output_tokens, cache_read_tokens,
        cache_5m_tokens, cache_1h_tokens, cost_micros) on ai_interactions to orch_office;
    `)
    this.schema.raw(
      doors(
        MAILS,
        'office.masked(citext)',
        'office.mails(text[], uuid, integer)',
        'office.failed_mail(uuid)',
        'office.assistant_usage(timestamptz, timestamptz)'
      )
    )
    this.schema.raw(`
      set local role orch_directory;
      drop function directory.mails(text[], uuid, integer);
      drop function directory.failed_mail(uuid);
      drop function directory.masked(citext);
      drop function directory.assistant_usage(timestamptz, timestamptz);
      reset role;
      drop policy directory on ai_interactions;
      revoke select (organisation_id, asked_at, status, input_tokens, output_tokens, cache_read_tokens,
        cache_5m_tokens, cache_1h_tokens, cost_micros) on ai_interactions from orch_directory;
      revoke select (email, template, failure, attempts, created_at) on email_outbox from orch_directory;
    `)
  }
}

const MAILS = `
  create function office.masked(p_email citext) returns text
  language sql immutable set search_path = public, pg_temp as $$
    select left(p_email::text, 1) || '•••' || substring(p_email::text from '@[^@]*$')
  $$;

  -- The newest of each state, then the newest of these: the cost does not grow with the outbox.
  create function office.mails(p_statuses text[], p_before uuid, p_limit integer)
  returns table (id uuid, organisation text, template text, status text, failure text,
    attempts smallint, address text, created_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
    select newest.id, o.name, newest.template, newest.status, newest.failure, newest.attempts,
      office.masked(newest.email), newest.created_at
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

  create function office.failed_mail(p_id uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp as $$
    select m.organisation_id from email_outbox m
    where m.id = p_id and m.status = 'failed' and directory.is_staff()
  $$;

  create function office.assistant_usage(p_from timestamptz, p_until timestamptz)
  returns table (organisation_id uuid, organisation text, day date, questions integer,
    failed integer, tokens_in bigint, tokens_out bigint, cost_micros bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
    select o.id, o.name, (i.asked_at at time zone 'UTC')::date, count(*)::integer,
      count(*) filter (where i.status = 'failed')::integer,
      sum(i.input_tokens + i.cache_read_tokens + i.cache_5m_tokens + i.cache_1h_tokens)::bigint,
      sum(i.output_tokens)::bigint, sum(i.cost_micros)::bigint
    from ai_interactions i join organisations o on o.id = i.organisation_id
    where directory.is_staff() and i.asked_at >= p_from and i.asked_at < p_until
    group by 1, 2, 3
  $$;`
