import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import db from '@adonisjs/lucid/services/db'
import { inSnapshot } from '#audit/chain'
import { writeBundle } from '#audit/exporter'
import type { Sql } from '#audit/reader'

/** Which events a proof shows. */
type Shown = { entities: string[]; actions: string[] }

/**
 * Writes a bundle that shows some events of an organisation's chain without their values, and the hashes of all others.
 * It opens its own transaction, so call it outside any other; the transaction lasts only as long as the reading,
 * however slowly the file is sent.
 */
export function writeProof(organisation: string, shown: Shown, path: string) {
  return inSnapshot(db.connection(), organisation, async (trx) => {
    const events = await idsOf(trx, organisation, shown)
    const lines = writeBundle(trx, organisation, { events, withoutValues: true })
    await pipeline(Readable.from(lines), createWriteStream(path))
  })
}

async function idsOf(sql: Sql, organisation: string, { entities, actions }: Shown) {
  const { rows } = await sql.rawQuery(
    `select id from audit.events
      where organisation_id = ? and entity_id = any(?) and action = any(?)`,
    [organisation, entities, actions]
  )
  return new Set<string>(rows.map(({ id }) => id))
}
