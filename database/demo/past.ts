import { mock } from 'node:test'

const DAY = 86_400_000

/** Does something as of another day, so that past events are in order. */
export async function asOf<T>(days: number, work: () => Promise<T>): Promise<T> {
  mock.timers.enable({ apis: ['Date'], now: Date.now() + days * DAY })
  try {
    return await work()
  } finally {
    mock.timers.reset()
  }
}
