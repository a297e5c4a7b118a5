import { Exception } from '@adonisjs/core/exceptions'
import type { HttpContext } from '@adonisjs/core/http'

/** How long a sign-in counts as recent where nothing stricter is declared. */
const FRESH_MINUTES = 60

/** The action needs a more recent sign-in, to be sure it is the person and not someone at their desk. */
export class SignInTooOld extends Exception {
  static status = 403
  static code = 'E_SIGN_IN_TOO_OLD'

  constructor(readonly minutes: number) {
    super('This needs a recent sign-in')
  }
}

/** Whether the person signed in within so many minutes, so that it is them and not someone at their desk. */
export function isFresh(
  { sessionClock }: Pick<HttpContext, 'sessionClock'>,
  minutes = FRESH_MINUTES
) {
  const { issuedAt } = sessionClock
  return issuedAt !== null && Date.now() - issuedAt.getTime() < minutes * 60_000
}
