/**
 * Whether a file marked with a process's id is a left-over: that process is gone. A file with our own id may come from
 * an earlier process with the same one; in a container that is the rule.
 */
export function isLeftBehind(pid: number) {
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
