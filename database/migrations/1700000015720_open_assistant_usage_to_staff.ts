import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What staff of the platform see of every organisation's use of the assistant: how often, how much, at what
 * cost. Who asked, about what, and what was said never passes this door.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create index ai_interactions_platform on ai_interactions (asked_at)
        include (organisation_id, status, cost_micros);
      grant select (organisation_id, asked_at, status, input_tokens, output_tokens, cache_read_tokens,
        cache_5m_tokens, cache_1h_tokens, cost_micros) on ai_interactions to orch_directory;
      create policy directory on ai_interactions for select to orch_directory using (true);

      grant create on schema directory to orch_directory;
      set local role orch_directory;

      create function directory.assistant_usage(p_from timestamptz, p_until timestamptz)
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
      $$;

      revoke all on function directory.assistant_usage(timestamptz, timestamptz) from public;
      grant execute on function directory.assistant_usage(timestamptz, timestamptz) to orch_app;
      reset role;
      revoke create on schema directory from orch_directory;
    `)
  }

  async down() {
    this.schema.raw(`
      drop function directory.assistant_usage(timestamptz, timestamptz);
      drop policy directory on ai_interactions;
      drop index ai_interactions_platform;
      revoke select on ai_interactions from orch_directory;
    `)
  }
}
