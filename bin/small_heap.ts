/** These read the whole of an organisation, a little at a time: they need no more, however much there is. */
const COMMANDS = ['audit:export', 'audit:verify', 'organisations:export', 'privacy:export']

const LIMITS = ['--max-semi-space-size=8', '--max-old-space-size=256']

/**
 * Begins such a command anew, as the same process, in a heap that stays small. Left alone, V8 lets garbage
 * lie by how much memory the machine has: on a large one twice 64 MB of young objects, and as much of old ones.
 */
export function staySmall(command: string | undefined) {
  const limits = heapLimits(command, [...process.execArgv, process.env.NODE_OPTIONS ?? ''])
  if (limits.length === 0) return
  const args = [process.execPath, ...limits, ...process.execArgv, ...process.argv.slice(1)]
  // Windows has no such call: there the heap is as large as V8 likes.
  process.execve?.(process.execPath, args, process.env)
}

/** The options of Node that the command lacks. Limits that somebody set are left as they are. */
export function heapLimits(command: string | undefined, given: string[]) {
  if (!command || !COMMANDS.includes(command)) return []
  return given.some((options) => /--max[-_]/.test(options)) ? [] : LIMITS
}
