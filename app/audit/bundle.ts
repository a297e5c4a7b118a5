import type { VerifyKeys } from '#audit/keys'
import type { Report } from '#audit/report'
import type { ChainRow } from '#audit/rows'
import { Verifier, type VerifierOptions } from '#audit/verifier'

/** A bundle is one JSON value per line: this head, the chain's rows, and the foot. */
export type Head = {
  kind: 'head'
  format: 1
  organisation: string
  exportedAt: string
  project: string | null
  valuesWithheld: boolean
}

export type Foot = { kind: 'foot'; rows: number }

/** Verifies a bundle, as of the moment of its export, without any database. */
export async function verifyBundle(
  lines: AsyncIterable<string> | Iterable<string>,
  keys: VerifyKeys | null,
  options: Pick<VerifierOptions, 'anchors' | 'lagAllowedSeconds'> = {}
): Promise<Report> {
  let verifier: Verifier | null = null
  let rows = 0
  let foot: Foot | null = null
  for await (const text of lines) {
    if (text === '') continue
    const row: Head | ChainRow | Foot = JSON.parse(text)
    if (row.kind === 'head') {
      verifier ??= new Verifier(row.organisation, {
        ...options,
        keys,
        now: new Date(row.exportedAt),
        valuesWithheld: row.valuesWithheld,
        believesOnlySeals: true,
      })
    } else if (row.kind === 'foot') {
      foot = row
    } else {
      rows += 1
      verifier?.next(row)
    }
  }
  if (!verifier) throw new Error('This file is no audit bundle: its head is missing')
  if (foot?.rows !== rows) verifier.report.add('bundle_incomplete', `${rows} rows`)
  return verifier.finish()
}
