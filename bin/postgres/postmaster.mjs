import { readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Failure } from '../support/failure.mjs'
import { eventually, isAlive, signal } from '../support/processes.mjs'

/** A standby is ready for reading. */
const READY = ['ready', 'standby']

/** Whether the server with this process id has announced in its data folder that it is ready. */
export function isReady(data, pid) {
  const lines = pidFile(data)
  return Number(lines[0]) === pid && READY.includes(lines[7]?.trim())
}

/**
 * Stops whatever an earlier start left running on these database files, and clears a claim on them by a process id that
 * is a zombie or now belongs to something else, either of which PostgreSQL would take for a running server. Needs the
 * instance lock: its holder knows that any server found here is an orphan.
 */
export async function clearOrphans(data) {
  const pid = Number(pidFile(data)[0])
  if (!pid) return

  if (isAlive(pid) && servesFolder(pid, data)) return endOrphan(pid, data)
  await workersGone(data)
  if (signal(pid, 0)) rmSync(join(data, 'postmaster.pid'), { force: true })
}

async function endOrphan(pid, data) {
  for (const [name, patience] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ]) {
    signal(pid, name)
    if (await eventually(() => !isAlive(pid), patience)) return workersGone(data)
  }
  throw new Failure(`A PostgreSQL left over from an earlier start (process ${pid}) does not end.`)
}

/** After a kill -9 of the server its workers notice within moments, and exit. */
async function workersGone(data) {
  if (process.platform !== 'linux') return
  const gone = await eventually(
    () => !allProcesses().some((pid) => servesFolder(pid, data)),
    10_000,
    50
  )
  if (!gone) throw new Failure(`Processes of an earlier PostgreSQL still use ${data}.`)
}

function allProcesses() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
}

/** The server names its data folder on its command line, and its workers work inside it. */
function servesFolder(pid, data) {
  if (!program(pid).includes('postgres')) return false
  return commandLine(pid).includes(data) || workingFolder(pid) === data
}

function program(pid) {
  return process.platform === 'linux' ? attempt(() => text(`/proc/${pid}/comm`)) : commandLine(pid)
}

function commandLine(pid) {
  if (process.platform === 'linux') return attempt(() => text(`/proc/${pid}/cmdline`))
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
}

function workingFolder(pid) {
  return attempt(() => readlinkSync(`/proc/${pid}/cwd`))
}

function pidFile(data) {
  return attempt(() => text(join(data, 'postmaster.pid'))).split('\n')
}

function text(file) {
  return readFileSync(file, 'utf8')
}

/** Processes and their files may be gone by the time they are read. */
function attempt(look) {
  try {
    return look()
  } catch {
    return ''
  }
}
