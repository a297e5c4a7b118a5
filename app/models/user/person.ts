import { sql } from '#tenancy/sql'

/** What the directory knows about an account, whatever organisation is at work; null when there is none. */
export async function personWith<Known = any>(
  client: Parameters<typeof sql>[0],
  userId: string
): Promise<Known | null> {
  const [{ person }] = await sql(client, 'select directory.person(?) as person', [userId])
  return person
}
