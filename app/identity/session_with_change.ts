import type { HttpContext } from '@adonisjs/core/http'
import Tenancy from '#tenancy/tenancy'
import { replica } from '#tenancy/replica'

const READING = ['GET', 'HEAD']

/**
 * Keeps what the session holds for the next page in the transaction of the change that it tells of: it leaves together
 * with the commit, and nobody is told of what was taken back. What only reads needs no such commit.
 */
export async function keepWithChange({ request, session }: HttpContext) {
  if (READING.includes(request.method()) || Tenancy.current().failure) return
  // Where the primary stood after the change is not known before.
  if (replica.isSet || session.fresh || session.hasRegeneratedSession) return
  if (session.responseFlashMessages.isEmpty && !session.hasBeenModified) return
  await session.commit()
  session.commit = nothingLeft
}

/** The change was not kept, and neither was the session: it is as usual, without the message. */
export function keepWithoutChange({ session }: HttpContext) {
  if (session.commit !== nothingLeft) return
  delete (session as Partial<typeof session>).commit
  session.forget(session.flashKey)
}

async function nothingLeft() {}
