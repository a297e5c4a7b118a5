import pg from 'pg'
import { Batch } from '#tenancy/batch'

const ANY = /^/

/** How many statements the work sends to the database, whichever code sends them; `about` counts only some. */
export async function countQueries(work: () => Promise<unknown>, about = ANY): Promise<number> {
  let count = 0
  await watching(work, (_client, sent) => {
    for (const text of textsOf(sent)) if (about.test(text)) count++
  })
  if (count === 0 && about === ANY) throw new Error('No statement was seen at all')
  return count
}

/** How often the work waits for the database, whichever code asks: what leaves in one write counts once. */
export async function countTurns(work: () => Promise<unknown>): Promise<number> {
  const leaving = new WeakSet<pg.Client>()
  let count = 0
  await watching(work, (client) => {
    if (leaving.has(client)) return
    count++
    leaving.add(client)
    process.nextTick(() => leaving.delete(client))
  })
  return count
}

/** The statements that leave in batches during the work, each text once, with its latest values. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Map<string, unknown[]>> {
  const found = new Map<string, unknown[]>()
  await watching(work, (_client, sent) => {
    if (!(sent instanceof Batch)) return
    for (const { statement, values } of sent.parts) found.set(statement.text, values)
  })
  return found
}

/** Of one statement, or of a whole batch. */
function textsOf(sent: any): string[] {
  if (sent instanceof Batch) return sent.parts.map(({ statement }) => statement.text)
  return [sent?.text ?? String(sent)]
}

/** Does the work, and reports each statement as it is sent. */
async function watching(
  work: () => Promise<unknown>,
  told: (client: pg.Client, statement: any) => void
) {
  const { query } = pg.Client.prototype as any
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    told(this, args[0])
    return query.apply(this, args)
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
}
