import { setTimeout as pause } from 'node:timers/promises'
import type { Suite } from '@japa/runner/core'

const HOUR = 3_600_000
const MARGIN = 20_000

/**
 * What a test calls today is to stay today until it ends: none begins in the last seconds of an hour, with
 * which the day ends in some zone or other.
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
