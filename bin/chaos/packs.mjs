import { execFile } from 'node:child_process'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { inflateRawSync } from 'node:zlib'

/** How many packs are downloaded and verified; the hashes of all others are compared in the database. */
const FETCHED = 24

const DECIDED = `
  select r.id, r.gate_id as gate, r.project_id as project, d.rationale as key
    from gate_reviews r join gate_decisions d on d.review_id = r.id
   where d.rationale like 'chaos-%' order by d.decided_at`

/** Downloads packs of decided gates as the PMO does, and verifies each with its own verifier. */
export async function packsThatFail(client, { cluster, browser }) {
  const decided = (await client.query(DECIDED)).rows
  const every = Math.max(1, Math.ceil(decided.length / FETCHED))
  const some = decided.filter((_, place) => place % every === 0)
  const failed = []
  for (const pack of some) {
    const problem = await problemOf(pack, browser, publicKeyOf(cluster.keys.AUDIT_SIGNING_KEY))
    if (problem) failed.push(`${pack.key}: ${problem}`)
  }
  return { failed, fetched: some.length }
}

async function problemOf({ project, gate, id }, browser, publicKey) {
  const answer = await browser.get(`/projects/${project}/gates/${gate}/reviews/${id}/pack.zip`)
  if (answer.status !== 200) return `answered ${answer.status ?? answer.error}`
  const folder = await mkdtemp(join(tmpdir(), 'chaos-pack-'))
  try {
    for (const [path, bytes] of unzip(answer.bytes)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), bytes)
    }
    const script = [join(folder, 'verify-pack.mjs'), folder, publicKey]
    return await promisify(execFile)(process.execPath, script, { cwd: tmpdir() }).then(
      () => null,
      ({ stdout, stderr }) => `${stdout}${stderr}`.slice(-1000)
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Bare, in base64, as verifiers expect it. */
function publicKeyOf(signingKey) {
  const key = { key: Buffer.from(signingKey, 'base64'), format: 'der', type: 'pkcs8' }
  const spki = createPublicKey(createPrivateKey(key)).export({ format: 'der', type: 'spki' })
  return spki.subarray(-32).toString('base64')
}

/** The files of a ZIP by path, according to its central directory. */
function* unzip(zip) {
  const end = zip.length - 22
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const header = zip.readUInt32LE(at + 42)
    const from = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20))
    const isStored = zip.readUInt16LE(at + 10) === 0
    yield [
      zip.toString('utf8', at + 46, at + 46 + name),
      isStored ? packed : inflateRawSync(packed),
    ]
    at += 46 + name + extra + comment
  }
}
