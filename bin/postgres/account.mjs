import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure } from '../support/failure.mjs'

const CANDIDATES = ['postgres', 'nobody']

/**
 * The account PostgreSQL runs under, as spawn options: root's database belongs to an
 * unprivileged account, because PostgreSQL refuses to run as root; anyone else's to themselves.
 * An existing database keeps the account that owns it.
 */
export function databaseAccount(dataFolder) {
  if (process.getuid?.() !== 0) return {}

  const existing = statSync(dataFolder, { throwIfNoEntry: false })
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid }

  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of CANDIDATES) {
    const found = accounts.find(([candidate]) => candidate === name)
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) }
  }
  throw new Failure(
    'PostgreSQL does not run as root, and there is no account "nobody" to run it under.\n' +
      'Start Orchestrate as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.'
  )
}

/** Whether the account can enter every folder above a file and read (or run) the file. */
export function canReach(file, { uid, gid }) {
  if (uid === undefined) return true
  if (!allows(statSync(file), uid, gid, 0o4)) return false
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (!allows(statSync(folder), uid, gid, 0o1)) return false
    if (folder === dirname(folder)) return true
  }
}

function allows(stats, uid, gid, bit) {
  if (stats.uid === uid) return Boolean(stats.mode & (bit << 6))
  if (stats.gid === gid) return Boolean(stats.mode & (bit << 3))
  return Boolean(stats.mode & bit)
}
