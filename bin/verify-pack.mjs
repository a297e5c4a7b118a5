#!/usr/bin/env node
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * Verifies an exported gate pack, unpacked into a folder, without database or network:
 *   node verify-pack.mjs <folder> [<public key>[,<public key>…] [<seal number>:<seal hash>…]]
 * The public keys must come from the organisation's own records, not from whoever gave the pack; without
 * them the signatures are not checked.
 * Ends with 0 when the pack is what was sealed, 1 when it is not, 2 when it could not be read.
 */

// In the repository the modules are TypeScript; in a pack they are plain.
await import('@poppinss/ts-exec').catch(() => {})
const { verifyBundle } = await import('#audit/bundle')
const { verifyKeys } = await import('#audit/keys')
const { problemCodes } = await import('#audit/report')

const SEALED_FOLDERS = ['pack', 'decisions', 'evidence']

const [folder, keys, ...anchors] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node verify-pack.mjs <folder> [<public keys> [<seal number>:<seal hash>…]]')
  process.exit(2)
}

const problems = []
const events = []
let lastSealed = 0

try {
  const manifest = await readJson('manifest.json')
  const pack = await readJson('pack/manifest.json')
  await checkFiles(manifest)
  await checkPack(manifest, pack)
  await checkEvidence(manifest)
  const report = await checkTrail(manifest)
  checkSubmission(manifest)
  await checkDecisions(manifest)
  print(manifest, report)
  process.exitCode = problems.length === 0 ? 0 : 1
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}

/** Every listed file is what the list says, and what counts holds no other. */
async function checkFiles({ files }) {
  for (const { path, sha256 } of files) {
    if ((await hashOf(path)) !== sha256) problem(`${path} is not the file that was exported`)
  }
  const listed = new Set(files.map(({ path }) => path))
  for (const place of SEALED_FOLDERS) {
    const names = await readdir(join(folder, place)).catch(() => [])
    for (const name of names) {
      if (!listed.has(`${place}/${name}`)) problem(`${place}/${name} does not belong to the pack`)
    }
  }
}

/** The pack's own manifest has the seal, and names the hash of each of its parts. */
async function checkPack(manifest, pack) {
  if ((await hashOf('pack/manifest.json')) !== manifest.pack_sha256) {
    problem('The manifest of the pack does not have its seal')
  }
  for (const name of ['organisation', 'project', 'gate', 'review', 'round']) {
    if (pack[name] !== manifest[name]) problem(`The manifests differ in what they call ${name}`)
  }
  const given = new Map(manifest.sections.map((section) => [section.name, section]))
  for (const [name, sha256] of Object.entries(pack.sections)) {
    const file = given.get(name)?.file
    if (given.get(name)?.sha256 !== sha256)
      problem(`The hash of the part ${name} is not the sealed one`)
    if (file && (await hashOf(file)) !== sha256) problem(`${file} is not what was submitted`)
  }
  for (const name of given.keys()) {
    if (!(name in pack.sections)) problem(`The part ${name} was never submitted`)
  }
}

/** The files are those that the sealed criteria name. */
async function checkEvidence(manifest) {
  const criteria = manifest.sections.find(({ name }) => name === 'criteria')?.file
  if (!criteria) return
  const { lists } = await readJson(criteria)
  const sealed = lists.evidence.filter(({ kind }) => kind === 'file')
  const given = new Map(manifest.evidence.map((piece) => [piece.evidence, piece]))
  for (const { id, name, sha256 } of sealed) {
    const file = given.get(id)?.file
    if (!given.delete(id)) problem(`The evidence ${name} is missing`)
    else if (file && (await hashOf(file)) !== sha256) problem(`${file} is not what was submitted`)
  }
  for (const { name } of given.values()) problem(`The evidence ${name} was never submitted`)
}

/** The trail is whole. Keeps the events that it shows. */
async function checkTrail({ organisation }) {
  const trusted = keys ? verifyKeys(keys) : null
  const report = await verifyBundle(trail(), trusted, {
    anchors: new Map(anchors.map((anchor) => anchor.split(':'))),
  })
  for (const { code, detail } of report.problems) {
    problem(`In the audit trail, ${problemCodes[code]}: ${detail}`)
  }
  if (report.organisation !== organisation) problem('The audit trail is another organisation’s')
  return report
}

async function* trail() {
  const input = createReadStream(join(folder, 'audit.ndjson'))
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    yield line
    if (line === '') continue
    const row = JSON.parse(line)
    if (row.kind === 'seal') lastSealed = Number(row.to)
    if (row.kind === 'event') events.push(eventOf(row))
  }
}

/** What an event says by the header that was hashed. */
function eventOf({ header, txid }) {
  const { action, entity, facts } = JSON.parse(header)
  return { action, entity, facts, txid: Number(txid) }
}

function checkSubmission({ review, pack_sha256: seal }) {
  const event = events.find(
    ({ action, entity }) => action === 'gate_review.submitted' && entity === review
  )
  if (!event) problem('The audit trail does not show the submission')
  else if (event.facts.seal !== seal) problem('The audit trail carries another seal of the pack')
}

/** Each decision has the hash that its event carries, and rests on this pack. */
async function checkDecisions(manifest) {
  const shown = events.filter(({ action }) => action.startsWith('gate_decision.'))
  for (const { decision, file } of manifest.decisions) {
    const sha256 = await hashOf(file)
    const event = shown.find(({ entity }) => entity === decision)
    if (!event) problem(`The audit trail does not show the decision in ${file}`)
    else if (event.facts.seal !== sha256) problem(`${file} is not what the audit trail carries`)
    const record = await readJson(file).catch(() => ({}))
    if (record.pack_sha256 !== manifest.pack_sha256 || record.review !== manifest.review) {
      problem(`${file} was not decided on this pack`)
    }
  }
  const given = new Set(manifest.decisions.map(({ decision }) => decision))
  for (const { entity } of shown) {
    if (!given.has(entity)) problem(`The audit trail shows a decision that is missing: ${entity}`)
  }
}

async function hashOf(path) {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(join(folder, path))) hash.update(chunk)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return null
  }
  return hash.digest('hex')
}

async function readJson(path) {
  return JSON.parse(await readFile(join(folder, path), 'utf8'))
}

function problem(text) {
  problems.push(text)
}

function print({ gate_ref: ref, round, pack_sha256: seal, sections, evidence, decisions }, report) {
  console.log(`Gate pack ${ref}, round ${round}`)
  console.log(`Seal ${seal}`)
  const withheld = sections.filter(({ file }) => file === null)
  console.log(`${sections.length - withheld.length} parts, ${withheld.length} withheld`)
  console.log(`${evidence.filter(({ file }) => file).length} files of evidence`)
  console.log(`${decisions.length} decisions`)
  const waiting = events.filter(({ txid }) => txid > lastSealed)
  if (waiting.length > 0) console.log(`${waiting.length} of its events were not sealed yet`)
  if (!keys) console.log('The signatures were not checked: give the public keys to check them')
  if (report.lastSeal) console.log(`Last seal ${report.lastSeal.number}:${report.lastSeal.hash}`)
  for (const text of problems) console.log(`PROBLEM ${text}`)
  console.log(
    problems.length === 0 ? 'The pack is what was sealed.' : `${problems.length} problems found.`
  )
}
