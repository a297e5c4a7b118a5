import type { HttpContext } from '@adonisjs/core/http'

const FRESH_SECONDS = 3600

/** Whether the person signed in within the hour: then it is they who ask, and not somebody at their desk. */
export function isFresh({ sessionClock }: Pick<HttpContext, 'sessionClock'>) {
  const { issuedAt } = sessionClock
  return issuedAt !== null && Date.now() - issuedAt.getTime() < FRESH_SECONDS * 1000
}
