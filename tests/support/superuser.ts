import pg from 'pg'

/** Reads the database past every tenant wall, as only a test may. */
export async function asSuperuser<Row = any>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_ADMIN_URL })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}
