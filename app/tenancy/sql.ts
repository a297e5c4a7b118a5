import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** Runs SQL with `?` placeholders on a client or transaction and answers its rows. Null is a value like any other. */
export async function sql<Row = any>(
  client: Pick<QueryClientContract, 'rawQuery'>,
  text: string,
  values: unknown[] = []
): Promise<Row[]> {
  const { rows } = await client.rawQuery(text, values as any[])
  return rows
}
