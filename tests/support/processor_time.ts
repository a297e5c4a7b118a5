/**
 * Starts counting the seconds that this process computes, and returns them when asked: unlike elapsed time, they do not
 * grow on a busy machine.
 */
export function processorTime(): () => number {
  const begun = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1_000_000
  }
}
