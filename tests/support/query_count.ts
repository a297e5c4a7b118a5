import pg from 'pg'

/** How many statements the work sends to the database, whoever sends them; `about` counts only some. */
export async function countQueries(work: () => Promise<unknown>, about = /^/): Promise<number> {
  const { query } = pg.Client.prototype as any
  let count = 0
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    if (about.test(args[0]?.text ?? String(args[0]))) count++
    return query.apply(this, args)
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return count
}
