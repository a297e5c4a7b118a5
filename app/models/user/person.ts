import { sql } from '#tenancy/sql'

/** What the directory knows of an account, whichever organisation is at work; null where there is no such account. */
export async function personWith<Known = any>(
  client: Parameters<typeof sql>[0],
  userId: string
): Promise<Known | null> {
  const [{ person }] = await sql(client, 'select directory.person(?) as person', [userId])
  return person
}
