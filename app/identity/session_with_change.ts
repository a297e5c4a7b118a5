import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import { hash, openSessionData } from '#identity/session_store'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { replica } from '#tenancy/replica'

const READING = ['GET', 'HEAD']

/**
 * Stores what the session holds for the next page in the transaction of the change that it reports: both are committed
 * together, and no one is told of a change that was rolled back. A request that only reads needs no such commit.
 */
export async function keepWithChange({ request, session }: HttpContext) {
  if (READING.includes(request.method()) || Tenancy.current().failure) return
  // Where the primary will be after the change is not known before.
  if (replica.isSet || session.fresh || session.hasRegeneratedSession) return
  if (session.responseFlashMessages.isEmpty && !session.hasBeenModified) return
  await session.commit()
  session.commit = nothingLeft
}

/** The change was not kept, nor was the session: it is saved as usual, without the message. */
export function keepWithoutChange({ session }: HttpContext) {
  if (session.commit !== nothingLeft) return
  delete (session as Partial<typeof session>).commit
  session.forget(session.flashKey)
}

/** Whether the stored session by now holds what the next page is to show. */
export async function hasMessageWaiting({ session }: HttpContext) {
  if (session.fresh) return false
  const [row] = await read(
    db.connection(),
    'select data from sessions where id = ? and expires_at > now()',
    [hash(session.sessionId)]
  )
  const stored = row && openSessionData(row.data)
  return Boolean(stored && session.flashKey in stored)
}

/** What this request knows of the session is older than what is stored, so it is not saved. */
export function leaveAsStored({ session }: HttpContext) {
  session.commit = nothingLeft
}

async function nothingLeft() {}
