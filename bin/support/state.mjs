import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './paths.mjs'

/**
 * The folder for what a machine keeps between starts: database, passwords, keys, stamps.
 *
 * Beside the code for a person; for root outside it, because PostgreSQL refuses to run as root
 * and the account it then runs under may not be able to reach the repository at all.
 */
export function stateFolder(name) {
  const folder = join(process.env.ORCHESTRATE_STATE ?? defaultFolder(), name)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  return folder
}

/** The same folder if it exists already, otherwise null: looking creates none. */
export function existingFolder(name) {
  const folder = join(process.env.ORCHESTRATE_STATE ?? defaultFolder(), name)
  return existsSync(folder) ? folder : null
}

/** A small JSON file that only its owner can read, replaced completely or not at all. */
export function privateFile(file) {
  return {
    read: () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null),
    write: (content) => {
      const draft = `${file}.${process.pid}`
      writeFileSync(draft, JSON.stringify(content, null, 2), { mode: 0o600 })
      chmodSync(draft, 0o600)
      renameSync(draft, file)
      return content
    },
    remove: () => rmSync(file, { force: true }),
  }
}

function defaultFolder() {
  if (process.getuid?.() !== 0) return join(root, 'storage')
  const parent = existsSync('/var/lib') ? '/var/lib' : tmpdir()
  return join(parent, `orchestrate-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`)
}
