import type { Foot, Head } from '#audit/bundle'
import { readChain, type ReadOptions, type Sql } from '#audit/reader'
import type { ChainRow } from '#audit/rows'

/** One organisation's chain as the lines of a bundle. Needs what readChain() needs. */
export async function* writeBundle(
  sql: Sql,
  organisation: string,
  options: ReadOptions
): AsyncGenerator<string> {
  yield line({
    kind: 'head',
    format: 1,
    organisation,
    exportedAt: new Date().toISOString(),
    project: options.project ?? null,
    valuesWithheld: options.withoutValues ?? false,
  })
  let rows = 0
  for await (const row of readChain(sql, organisation, options)) {
    rows += 1
    yield line(row)
  }
  yield line({ kind: 'foot', rows })
}

function line(row: Head | ChainRow | Foot) {
  return JSON.stringify(row) + '\n'
}
