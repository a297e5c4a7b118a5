import type pg from 'pg'

/**
 * Runs the work with all triggers of these tables off, then restores each as it was: the audit trail's also fire during
 * replication, which re-enabling them all alike would lose.
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
