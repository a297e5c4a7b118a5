import { Readable } from 'node:stream'
import { writeBundle } from '#audit/exporter'
import { lastSeal, type ReadOptions, type Sql } from '#audit/reader'
import Tenancy from '#tenancy/tenancy'

/** How many lines are passed on together: one by one would cost more than reading them. */
const LINES = 100

/** An organisation's sealed chain as a file, read in short transactions. Null when nothing is sealed yet. */
export async function chainFile(organisationId: string, options: ReadOptions) {
  const sql = shortly(organisationId)
  const upTo = await lastSeal(sql, organisationId)
  if (!upTo) return null
  const lines = writeBundle(sql, organisationId, { ...options, upTo })
  return Readable.from(inChunks(lines), { objectMode: false })
}

/** Each query in a transaction of its own, bound to the organisation. */
function shortly(organisationId: string): Sql {
  return {
    rawQuery: (text, values) =>
      Tenancy.system(organisationId, async () => Tenancy.current().trx.rawQuery(text, values)),
  }
}

async function* inChunks(lines: AsyncIterable<string>) {
  let chunk: string[] = []
  for await (const line of lines) {
    chunk.push(line)
    if (chunk.length < LINES) continue
    yield chunk.join('')
    chunk = []
  }
  if (chunk.length > 0) yield chunk.join('')
}
