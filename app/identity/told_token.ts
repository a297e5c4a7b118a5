import type { HttpContext } from '@adonisjs/core/http'
import { seal, unseal } from '#identity/sealed'

const WAITING = 'api_token'

/** Stores a new secret for the one page that shows it; until then it is sealed in the session. */
export function tellSecret({ session }: HttpContext, secret: string) {
  session.flash(WAITING, seal(secret, WAITING))
}

/** The secret that was just made; null on any later visit. */
export function toldSecret({ session }: HttpContext) {
  return unseal<string>(session.flashMessages.get(WAITING), WAITING)
}
