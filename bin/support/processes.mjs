import { readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

/** Whether a process with this id is running now, whoever owns it. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * What distinguishes a process from a later one with the same id: when it started. Empty when no such process is
 * running.
 */
export function birth(pid) {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  }
  const boot = readOrEmpty('/proc/sys/kernel/random/boot_id').trim()
  const started = statFields(pid)[19]
  return started ? `${boot}:${started}` : ''
}

/** Sends a signal to a process, or with a negative id to its group; false if it is gone. */
export function signal(pid, name) {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

/** Resolves to whether the condition came true within the given time. */
export async function eventually(condition, milliseconds, interval = 10) {
  const deadline = performance.now() + milliseconds
  while (!(await condition())) {
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, interval))
  }
  return true
}

function isZombie(pid) {
  return process.platform === 'linux' && statFields(pid)[0] === 'Z'
}

/** The fields of /proc/<pid>/stat from the state on; a name in brackets may contain spaces. */
function statFields(pid) {
  const stat = readOrEmpty(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
