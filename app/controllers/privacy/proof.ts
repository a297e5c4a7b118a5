import type { HttpContext } from '@adonisjs/core/http'

/** The request whose code this session has entered. */
const PROVED = 'privacy_request'

/** Remembers that the code of this request was entered here. */
export function noteProof({ session }: HttpContext, ref: string) {
  session.put(PROVED, ref)
}

/** Whether the code of this request was entered here. */
export function isProved({ session }: HttpContext, ref: string) {
  return session.get(PROVED) === ref
}
