import { sql } from '#tenancy/sql'
import { admin, tenantTables } from '#tests/support/admin'

/**
 * Tells which tables of some organisations were written to, by triggers that fire whoever writes and however. Reading
 * every table again after each of a thousand requests would take most of their time.
 */
export class Writes {
  #tables: string[] = []

  static async watch(...organisationIds: string[]) {
    const writes = new Writes()
    await writes.#begin(organisationIds.map((id) => `'${id}'`).join())
    return writes
  }

  async #begin(watched: string) {
    await sql(admin(), 'create schema watching')
    await sql(admin(), 'create table watching.writes (organisation_id uuid, name text)')
    await sql(
      admin(),
      `create function watching.note() returns trigger language plpgsql security definer as $$
       begin
         insert into watching.writes
         values (case tg_argv[0] when 'new' then new.organisation_id else old.organisation_id end,
                 tg_table_schema || '.' || tg_table_name);
         return null;
       end $$`
    )
    this.#tables = await tenantTables()
    // Each in a transaction of its own, so that none waits for one table while it locks another.
    for (const table of this.#tables) {
      await sql(admin(), block(watching(table, 'new', 'insert or update', watched)))
      await sql(admin(), block(watching(table, 'old', 'update or delete', watched)))
    }
  }

  /** The tables of an organisation that were written to since this was last asked. */
  async taken(organisationId: string): Promise<string[]> {
    const rows = await sql(
      admin(),
      'delete from watching.writes where organisation_id = ? returning name',
      [organisationId]
    )
    return [...new Set(rows.map(({ name }) => name))]
  }

  async end() {
    for (const table of this.#tables) {
      const drop = ['new', 'old'].map((row) => `drop trigger watching_${row} on ${table};`)
      await sql(admin(), block(drop.join(' ')))
    }
    await sql(admin(), 'drop schema watching cascade')
  }
}

/** Also for those who write past the product, in whose sessions other triggers do not fire. */
function watching(table: string, row: 'new' | 'old', writing: string, watched: string) {
  return `create trigger watching_${row} after ${writing} on ${table} for each row
            when (${row}.organisation_id in (${watched})) execute function watching.note('${row}');
          alter table ${table} enable always trigger watching_${row};`
}

function block(statements: string) {
  return `do $$ begin ${statements} end $$`
}
