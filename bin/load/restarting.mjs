import { setTimeout as wait } from 'node:timers/promises'

const TIMES = 8

/** Restarts one process after another, evenly spread, as long as the traffic goes on. */
export async function restartUntil(held, site, seconds) {
  let isOver = false
  held.then(() => (isOver = true))
  const pause = Math.max(5, seconds / (TIMES + 1)) * 1000
  const restarts = []
  for (let turn = 0; turn < TIMES; turn++) {
    await Promise.race([wait(pause), held])
    if (isOver) break
    const restarted = await site.restart(site.processes[turn % site.processes.length])
    console.log(
      `${restarted.name} ended with ${restarted.code} after ${restarted.seconds.toFixed(1)} s`
    )
    restarts.push(restarted)
  }
  return restarts
}
