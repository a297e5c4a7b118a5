import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

const HANDED_IN = `
  select file_key as key, sha256, name from gate_evidence
   where kind = 'file' and erased_at is null and removed_at is null
  union all
  select file_key, sha256, name from task_attachments where erased_at is null`

const PACKS = `
  select 'board-packs/' || organisation_id || '/' || id as key from board_packs where status = 'ready'`

/** The contents of the file store compared with the database: every file complete, and none without an owner. */
export async function storedWrongly(client, folder) {
  const files = (await client.query(HANDED_IN)).rows
  const packs = (await client.query(PACKS)).rows.map(({ key }) => key)
  const stored = await filesUnder(folder)
  const broken = []
  for (const { key, sha256, name } of files) {
    const bytes = stored.has(key) ? await readFile(join(folder, key)) : null
    if (!bytes || hashOf(bytes) !== sha256) broken.push(`${name}: ${bytes ? 'altered' : 'missing'}`)
  }
  const known = new Set([...files.map(({ key }) => key), ...packs])
  const strays = [...stored].filter((key) => !known.has(key.replace(/\.[a-z]+$/, '')))
  const missing = packs.filter((key) => ![...stored].some((one) => one.startsWith(`${key}.`)))
  return { broken: [...broken, ...missing], strays, count: stored.size }
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  return new Set(files.map((entry) => relative(folder, join(entry.parentPath, entry.name))))
}

function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}
