import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'

/** What of the organisations staff of the platform should know at once: who looks in, and what is erased soon. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      grant select (organisation_id, user_id, expires_at, ended_at) on staff_accesses to orch_office;
      create policy office on staff_accesses for select to orch_office using (true);
    `)
    this.schema.raw(doors(list(LOOKED_INTO), SIGNATURE))
    this.schema.raw(doors(AHEAD, 'office.ahead(integer)'))
  }

  async down() {
    this.schema.raw('drop function office.ahead(integer)')
    this.schema.raw(doors(list(''), SIGNATURE))
    this.schema.raw(`
      drop policy office on staff_accesses;
      revoke select (organisation_id, user_id, expires_at, ended_at) on staff_accesses from orch_office;
    `)
  }
}

const OPEN = 'a.ended_at is null and a.expires_at > now()'

/** The first few of each kind, and how many there are in all. */
const AHEAD = `
  create function office.ahead(p_limit integer)
  returns table (kind text, organisation_id uuid, name text, person text, at timestamptz, total integer)
  language sql stable security definer set search_path = public, pg_temp as $$
    (select 'look', o.id, o.name, u.name, a.expires_at, (count(*) over ())::integer
      from staff_accesses a
      join organisations o on o.id = a.organisation_id
      join users u on u.id = a.user_id
      where directory.is_staff() and ${OPEN}
      order by a.expires_at desc, o.id limit p_limit)
    union all
    (select 'erasure', o.id, o.name, null, o.erase_at, (count(*) over ())::integer
      from organisations o
      where directory.is_staff() and o.erase_at is not null
      order by o.erase_at, o.id limit p_limit)
  $$;`

const SIGNATURE = 'office.organisations(text, text, text, uuid, integer)'

const LOOKED_INTO = `
          when 'looked' then exists (select from staff_accesses a where a.organisation_id = o.id and ${OPEN})`

function list(also: string) {
  return `
  create or replace function office.organisations(p_words text, p_standing text, p_name text, p_id uuid, p_limit integer)
  returns table (id uuid, name text, created_at timestamptz, suspended_at timestamptz, erase_at timestamptz,
    members integer, projects integer, storage bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
    select page.*,
      (select count(*)::integer from memberships m
        where m.organisation_id = page.id and m.status = 'active'),
      (select count(*)::integer from projects p where p.organisation_id = page.id),
      (select coalesce(sum(e.size), 0)::bigint from gate_evidence e
        where e.organisation_id = page.id and e.removed_at is null and e.erased_at is null)
    from (
      select o.id, o.name, o.created_at, o.suspended_at, o.erase_at from organisations o
      where directory.is_staff()
        and (p_words is null or lower(o.name) like '%' || p_words || '%')
        and case p_standing when 'suspended' then o.suspended_at is not null and o.erase_at is null
          when 'erasing' then o.erase_at is not null${also} else true end
        and (p_id is null or (lower(o.name), o.id) > (p_name, p_id))
      order by lower(o.name), o.id limit p_limit
    ) page
  $$;`
}
