import pg from 'pg'

const ANY = /^/

/** How many statements the work sends to the database, whoever sends them; `about` counts only some. */
export async function countQueries(work: () => Promise<unknown>, about = ANY): Promise<number> {
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
  if (count === 0 && about === ANY) throw new Error('No statement was seen at all')
  return count
}

/** How often the work waits for the database, whoever asks: what leaves in one write counts once. */
export async function countTurns(work: () => Promise<unknown>): Promise<number> {
  const { query } = pg.Client.prototype as any
  const leaving = new WeakSet<pg.Client>()
  let count = 0
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    if (!leaving.has(this)) {
      count++
      leaving.add(this)
      process.nextTick(() => leaving.delete(this))
    }
    return query.apply(this, args)
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return count
}
