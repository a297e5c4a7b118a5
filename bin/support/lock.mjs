import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { birth, isAlive } from './processes.mjs'

const TAKEOVER_SECONDS = 10

/**
 * Takes a lock file for this process, or says who holds it. A lock whose holder died, by
 * whatever signal, counts as free. Returns `{ holder }` or `{ update, release }`.
 */
export function acquire(file, details = {}) {
  mkdirSync(dirname(file), { recursive: true })
  const mine = { pid: process.pid, birth: birth(process.pid), ...details }

  for (;;) {
    if (create(file, mine)) return handle(file, mine)
    const holder = holderOf(file)
    if (holder) return { holder }
    discard(file)
  }
}

/** Who holds a lock at the moment, or null. */
export function holderOf(file) {
  const holder = read(file)
  return holder && isHeld(holder) ? holder : null
}

function handle(file, mine) {
  const release = () => {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true })
  }
  process.once('exit', release)
  return {
    release,
    update: (details) => {
      const draft = draftOf(file, { ...mine, ...details })
      renameSync(draft, file)
    },
  }
}

/** Only a finished file is put into place, so that no one ever reads a half-written lock and takes it for free. */
function draftOf(file, content) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(content))
  return draft
}

function create(file, content) {
  const draft = draftOf(file, content)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Removes a dead process's lock. A folder admits one process at a time, otherwise the second of two could remove the
 * lock that the first has just taken.
 */
function discard(file) {
  const turn = `${file}.takeover`
  try {
    mkdirSync(turn)
  } catch {
    if (ageInSeconds(turn) > TAKEOVER_SECONDS) rmSync(turn, { recursive: true, force: true })
    return
  }
  try {
    const holder = read(file)
    if (!holder || !isHeld(holder)) rmSync(file, { force: true })
  } finally {
    rmdirSync(turn)
  }
}

function isHeld({ pid, birth: born }) {
  return isAlive(pid) && birth(pid) === born
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function ageInSeconds(path) {
  try {
    return (Date.now() - statSync(path).mtimeMs) / 1000
  } catch {
    return 0
  }
}
