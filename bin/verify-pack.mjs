#!/usr/bin/env node
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/**
 * Verifies an exported gate pack, unpacked into a folder, without database or network:
 *   node verify-pack.mjs <folder> [<public key>[,<public key>…] [<seal number>:<seal hash>…]]
 * The public keys must come from the organisation's own records, not from whoever gave the pack; without
 * them the signatures are not checked.
 * Ends with 0 when the pack is what was sealed, 1 when it is not or not yet, 2 when it could not be read.
 */

// In the repository the modules are TypeScript; in a pack they are plain.
await import('@poppinss/ts-exec').catch(() => {})
const { anchorsIn } = await import('#audit/anchors')
const { verifyKeys } = await import('#audit/keys')
const { linesOf } = await import('#audit/lines')
const { PackVerifier } = await import('#audit/pack_verifier')

const [folder, keys, ...anchors] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node verify-pack.mjs <folder> [<public keys> [<seal number>:<seal hash>…]]')
  process.exit(2)
}

try {
  const pack = await new PackVerifier({ paths, hash, text, lines }).verify(
    keys ? verifyKeys(keys) : null,
    anchorsIn(anchors)
  )
  print(pack)
  process.exitCode = pack.isSealed ? 0 : 1
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}

async function paths() {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .map((path) => path.split(sep).join('/'))
}

async function hash(path) {
  const sum = createHash('sha256')
  try {
    for await (const chunk of createReadStream(join(folder, path))) sum.update(chunk)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return null
  }
  return sum.digest('hex')
}

function text(path) {
  return readFile(join(folder, path), 'utf8')
}

function lines(path) {
  return linesOf(createReadStream(join(folder, path), 'utf8'))
}

function print({ manifest, withheld, redacted, unsealed, report, problems }) {
  const { gate_ref: ref, round, pack_sha256: seal, sections, evidence, decisions } = manifest
  console.log(`Gate pack ${ref}, round ${round}`)
  console.log(`Seal ${seal}`)
  console.log(`${counted(sections.length - withheld.length, 'part')}, ${withheld.length} withheld`)
  console.log(`${counted(evidence.filter(({ file }) => file).length, 'file')} of evidence`)
  console.log(counted(decisions.length, 'decision'))
  if (redacted.length > 0) {
    console.log(
      `An erased person was taken out of ${counted(redacted.length, 'file')}, as the trail tells`
    )
  }
  if (unsealed > 0) {
    console.log(`no seal covers ${unsealed} of its events: anybody could have written them`)
  }
  if (!keys) console.log('The signatures were not checked: give the public keys to check them')
  if (report.lastSeal) console.log(`Last seal ${report.lastSeal.number}:${report.lastSeal.hash}`)
  for (const problem of problems) console.log(`PROBLEM ${problem}`)
  console.log(outcome(problems.length, unsealed))
}

function outcome(problems, unsealed) {
  if (problems > 0) return `${counted(problems, 'problem')} found.`
  if (unsealed === 0) return 'The pack is what was sealed.'
  return 'There is nothing to rely on yet. Export the pack again.'
}

function counted(count, what) {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}
