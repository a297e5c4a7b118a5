import { readFileSync, readdirSync } from 'node:fs'

const TICKS_PER_MILLISECOND = 100 / 1000

/** The processor time that a process has used so far, with all its threads, in milliseconds. */
export function processorTime(pid) {
  const [utime, stime] = fields(pid).slice(11, 13).map(Number)
  return (utime + stime) / TICKS_PER_MILLISECOND
}

/** The same for all workers of a database server, including those that have ended. */
export function databaseTime(postmaster) {
  const [ofEnded, inKernel] = fields(postmaster).slice(13, 15).map(Number)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(fields(name)[1]) === postmaster)
    .reduce((sum, pid) => sum + processorTime(pid), (ofEnded + inKernel) / TICKS_PER_MILLISECOND)
}

/** The memory of a process, in megabytes. */
export function memory(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
}

/** The fields of /proc/<pid>/stat from the state on; none of a process that has ended. */
function fields(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return Array(15).fill('0')
  }
}
