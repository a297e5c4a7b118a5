import type pg from 'pg'

/**
 * Runs the work while no trigger of these tables fires, then lets each fire again as it did: those of the
 * audit trail hold even in replication, which enabling all alike would forget.
 */
export async function withoutTriggers(
  client: pg.Client,
  tables: { name: string }[],
  work: () => Promise<void>
) {
  const always = await firingAlways(client)
  for (const { name } of tables) await client.query(`alter table ${name} disable trigger all`)
  await work()
  for (const { name } of tables) await client.query(`alter table ${name} enable trigger all`)
  for (const { table, name } of always) {
    await client.query(`alter table ${table} enable always trigger ${name}`)
  }
}

async function firingAlways(client: pg.Client): Promise<{ table: string; name: string }[]> {
  const { rows } = await client.query(
    `select tgrelid::regclass::text as table, quote_ident(tgname) as name
       from pg_trigger where tgenabled = 'A' and not tgisinternal`
  )
  return rows
}
