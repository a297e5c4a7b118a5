import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The last wall: on a watched table no row changes without an event about it in the same
 * transaction, whether the change came through a model, a query builder, raw SQL or a cascade.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(REQUIRE_EVENT)
  }

  async down() {
    this.schema.raw('drop function audit.require_event()')
  }
}

/**
 * Arguments: the entity type, then columns whose change needs no event. The record's last few
 * events are looked at rather than the transaction's, which may be an import of thousands.
 */
const REQUIRE_EVENT = `
  create function audit.require_event() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
  declare
    changed jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
    untold text[] := tg_argv[1:];
  begin
    if tg_op = 'UPDATE' and changed - untold = to_jsonb(old) - untold then
      return null;
    end if;
    if not exists (
      select from (
        select txid from audit.events
        where organisation_id = (changed->>'organisation_id')::uuid
          and entity_type = tg_argv[0] and entity_id = (changed->>'id')::uuid
        order by seq desc limit 10
      ) recent where recent.txid = audit.txid()
    ) then
      raise exception '% of % % has no audit event in its transaction',
        lower(tg_op), tg_argv[0], changed->>'id' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  revoke execute on function audit.require_event() from public;
`
