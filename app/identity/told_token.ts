import type { HttpContext } from '@adonisjs/core/http'
import { seal, unseal } from '#identity/sealed'

const WAITING = 'api_token'

/** Keeps a new secret for the one page that tells it; it lies sealed in the session until then. */
export function tellSecret({ session }: HttpContext, secret: string) {
  session.flash(WAITING, seal(secret, WAITING))
}

/** The secret that was just made; null on any later look. */
export function toldSecret({ session }: HttpContext) {
  return unseal<string>(session.flashMessages.get(WAITING), WAITING)
}
