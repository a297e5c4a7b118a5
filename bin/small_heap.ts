/** These read a whole organisation, a little at a time, so they never need more memory than this. */
const COMMANDS = ['audit:export', 'audit:verify', 'organisations:export', 'privacy:export']

const LIMITS = ['--max-semi-space-size=8', '--max-old-space-size=256']

/**
 * Restarts such a command, as the same process, with a heap that stays small. Otherwise V8 lets garbage grow with the
 * machine's memory: on a large one to twice 64 MB of young objects, and as much of old ones.
 */
export function staySmall(command: string | undefined) {
  const limits = heapLimits(command, [...process.execArgv, process.env.NODE_OPTIONS ?? ''])
  if (limits.length === 0) return
  const args = [process.execPath, ...limits, ...process.execArgv, ...process.argv.slice(1)]
  // Windows has no such call: there the heap is as large as V8 likes.
  process.execve?.(process.execPath, args, process.env)
}

/** The Node options that the command lacks. Limits that were set are left as they are. */
export function heapLimits(command: string | undefined, given: string[]) {
  if (!command || !COMMANDS.includes(command)) return []
  return given.some((options) => /--max[-_]/.test(options)) ? [] : LIMITS
}
