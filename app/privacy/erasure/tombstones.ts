import { createHash, createHmac } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { tombstoneKey, tombstonesPath } from '#config/erasure'
import type Erasure from '#models/erasure'
import type { Traces } from '#models/erasure'

/** One line outside the database: that somebody was erased, known again only by who has them before their eyes. */
export type Tombstone = {
  erasure: string
  at: string
  label: string
  /** Which key made the hashes. */
  key: string
  user: string | null
  subjects: string[]
  emails: string[]
}

const KEY_ID = createHash('sha256').update(`id of ${tombstoneKey}`).digest('hex').slice(0, 8)

/** Notes an erasure, once, and returns when it is on disk. */
export async function keepTombstone(erasure: Erasure, traces: Traces, path = tombstonesPath) {
  const known = await readTombstones(path)
  if (known.some((one) => one.erasure === erasure.id)) return
  const line: Tombstone = {
    erasure: erasure.id,
    at: new Date().toISOString(),
    label: erasure.label,
    key: KEY_ID,
    user: traces.userId && hashOf('user', traces.userId),
    subjects: traces.subjects.map((subject) => hashOf('subject', subject)),
    emails: traces.emails.map((email) => hashOf('email', email)),
  }
  await append(`${JSON.stringify(line)}\n`, path)
}

/** Every erasure that was noted, the oldest first; a line that was cut off while it was written counts for nothing. */
export async function readTombstones(path = tombstonesPath): Promise<Tombstone[]> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap(parsed)
}

/** Whether the tombstone is this account's. An account made after it is another one, whatever its address. */
export function isBuried(
  { at, user, subjects, emails }: Tombstone,
  account: { id: string; madeAt: Date; subject: string | null; email: string | null }
) {
  if (user === hashOf('user', account.id)) return true
  if (account.madeAt > new Date(at)) return false
  const { subject, email } = account
  if (subject && subjects.includes(hashOf('subject', subject))) return true
  return email !== null && emails.includes(hashOf('email', email))
}

/** True for a tombstone whose hashes the present key makes too. */
export function isReadable({ key }: Tombstone) {
  return key === KEY_ID
}

function hashOf(kind: string, text: string) {
  return createHmac('sha256', `${kind} ${tombstoneKey}`)
    .update(text.trim().toLowerCase())
    .digest('hex')
}

function parsed(line: string): Tombstone[] {
  try {
    return line ? [JSON.parse(line)] : []
  } catch {
    return []
  }
}

/** A leading line break ends what a killed process may have left unfinished. */
async function append(line: string, path: string) {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a', 0o600)
  try {
    const { size } = await file.stat()
    await file.appendFile(size > 0 ? `\n${line}` : line)
    await file.sync()
  } finally {
    await file.close()
  }
  const folder = await open(dirname(path), 'r')
  await folder.sync().finally(() => folder.close())
}
