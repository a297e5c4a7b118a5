/**
 * Whether what a process marked with its id was left behind: that process is gone. What bears this process’s
 * own id is an earlier one’s too, which had the same: in a container that is the rule.
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
