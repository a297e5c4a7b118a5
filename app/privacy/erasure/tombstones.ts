import { createHash, createHmac } from 'node:crypto'
import { tombstoneKeys } from '#config/erasure'
import type Erasure from '#models/erasure'
import type { Traces } from '#models/erasure'
import { earlierNotes, erasureNotes } from '#privacy/erasure/notes'

/** A note outside the database that someone was erased, recognisable only to those who have the person's data. */
export type Tombstone = {
  erasure: string
  at: string
  label: string
  /** Which key made the hashes. */
  key: string
  user: string | null
  subjects: string[]
  emails: string[]
  /** Records of people outside; notes of earlier releases have none. */
  externals?: string[]
}

const KEYS = new Map(tombstoneKeys.map((key) => [idOf(key), key]))
const [KEY_ID] = KEYS.keys()

/** Notes an erasure, once, and returns when the note is durable. */
export async function keepTombstone(erasure: Erasure, traces: Traces, notes = erasureNotes()) {
  if (await notes.has(erasure.id)) return
  await notes.add({
    erasure: erasure.id,
    at: new Date().toISOString(),
    label: erasure.label,
    key: KEY_ID,
    user: traces.userId && hashOf('user', traces.userId),
    subjects: traces.subjects.map((subject) => hashOf('subject', subject)),
    emails: traces.emails.map((email) => hashOf('email', email)),
    externals: traces.externals.map(({ id }) => hashOf('external', id)),
  })
}

/** The ids of every noted erasure, including those from before there was a bucket. */
export async function notedErasures(): Promise<string[]> {
  const lists = await Promise.all([erasureNotes().ids(), earlierNotes()?.ids() ?? []])
  return [...new Set(lists.flat())]
}

/** Copies the notes of the earlier file into the bucket. Returns how many. */
export async function carryTombstones(): Promise<number> {
  const earlier = earlierNotes()
  if (!earlier) return 0
  const here = await erasureNotes().ids()
  const missing = (await earlier.ids()).filter((id) => !here.includes(id))
  for (const note of await earlier.read(missing)) await erasureNotes().add(note)
  return missing.length
}

/**
 * The notes of these erasures, oldest first, each once: a command and a worker that start together may both have noted
 * one.
 */
export async function readTombstones(ids: string[]): Promise<Tombstone[]> {
  const notes = await erasureNotes().read(ids)
  const each = new Map(notes.toReversed().map((note) => [note.erasure, note]))
  return [...each.values()].sort((one, other) => (one.at < other.at ? -1 : 1))
}

/** Whether the tombstone is this account's. An account created after it is another one, whatever its address. */
export function isBuried(
  { at, key, user, subjects, emails }: Tombstone,
  account: { id: string; madeAt: Date; subject: string | null; email: string | null }
) {
  if (user === hashOf('user', account.id, key)) return true
  if (account.madeAt > new Date(at)) return false
  const { subject, email } = account
  if (subject && subjects.includes(hashOf('subject', subject, key))) return true
  return email !== null && emails.includes(hashOf('email', email, key))
}

/** Whether the tombstone is that of a person whom an organisation has as someone outside. */
export function isBuriedRecord(
  { at, key, emails, externals = [] }: Tombstone,
  record: { id: string; madeAt: Date; email: string | null }
) {
  if (externals.includes(hashOf('external', record.id, key))) return true
  if (record.madeAt > new Date(at)) return false
  return record.email !== null && emails.includes(hashOf('email', record.email, key))
}

/** True for a tombstone whose hashes come from the current key, or an earlier one. */
export function isReadable({ key }: Tombstone) {
  return KEYS.has(key)
}

function idOf(key: string) {
  return createHash('sha256').update(`id of ${key}`).digest('hex').slice(0, 8)
}

function hashOf(kind: string, text: string, keyId = KEY_ID) {
  return createHmac('sha256', `${kind} ${KEYS.get(keyId)}`)
    .update(text.trim().toLowerCase())
    .digest('hex')
}
