#!/usr/bin/env node
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/**
 * Verifies an exported audit bundle without a database:
 *   node verify-audit.mjs <bundle.ndjson[.gz]> <public key>[,<public key>…] [<seal number>:<seal hash>…]
 * The public keys must come from the organisation's own records, not from whoever gave the bundle.
 * Ends with 0 when the chain is clean, 1 when it is not, 2 when it could not be read.
 */

// In the repository the modules are TypeScript; beside a bundle they are plain.
await import('@poppinss/ts-exec').catch(() => {})
const { anchorsIn } = await import('#audit/anchors')
const { verifyBundle } = await import('#audit/bundle')
const { verifyKeys } = await import('#audit/keys')
const { linesOf } = await import('#audit/lines')
const { problemCodes } = await import('#audit/report')

const [file, keys, ...anchors] = process.argv.slice(2)
if (!file || !keys) {
  console.error('Usage: node verify-audit.mjs <bundle> <public keys> [<seal number>:<seal hash>…]')
  process.exit(2)
}

try {
  const report = await verifyBundle(lines(file), verifyKeys(keys), {
    anchors: anchorsIn(anchors),
  })
  print(report)
  process.exitCode = report.clean ? 0 : 1
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}

function lines(path) {
  const stored = createReadStream(path)
  const bytes = path.endsWith('.gz') ? pipeline(stored, createGunzip(), heard) : stored
  return linesOf(bytes.setEncoding('utf8'))
}

/** Whoever reads the last of the streams is told of an error in any. */
function heard() {}

function print(report) {
  console.log(`Organisation ${report.organisation}`)
  console.log(`${report.events} events shown, ${report.leaves} as hash only, ${report.seals} seals`)
  if (report.removed > 0) {
    console.log(`${report.removed} events removed with their project, as their tombstones tell`)
  }
  console.log(
    `${report.values} values, ${report.redacted} of them lawfully redacted or in question`
  )
  if (report.unsealed > 0) {
    console.log(`${report.unsealed} events are in no seal: anybody could have written them`)
  }
  if (report.lastSeal) console.log(`Last seal ${report.lastSeal.number}:${report.lastSeal.hash}`)
  for (const { code, detail } of report.problems) {
    console.log(`PROBLEM ${code} (${problemCodes[code]}): ${detail}`)
  }
  console.log(
    report.clean
      ? 'The chain is clean.'
      : `${report.problemCount} ${report.problemCount === 1 ? 'problem' : 'problems'} found.`
  )
}
