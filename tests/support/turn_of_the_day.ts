import { setTimeout as pause } from 'node:timers/promises'
import type { Suite } from '@japa/runner/core'

const HOUR = 3_600_000
const MARGIN = 20_000

/**
 * Today must not change during a test: none starts in the last seconds of an hour, when the day ends in some time zone.
 */
export function keepWithinDay(suite: Suite) {
  suite.onGroup((group) => {
    group.setup(hourTurned)
    group.each.setup(hourTurned)
  })
  suite.onTest((test) => test.setup(hourTurned))
}

async function hourTurned() {
  const left = HOUR - (Date.now() % HOUR)
  if (left <= MARGIN) await pause(left)
}
