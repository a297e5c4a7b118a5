import type { HttpContext } from '@adonisjs/core/http'
import { USER_KEY } from '#identity/session_store'
import { flagsOf, type PersonFlags } from '#models/person_flag'

/** Whether the signed-in person has objected to this; a visitor objects to nothing. */
export async function objectsTo(
  what: 'objectsToAnalytics' | 'objectsToTelemetry',
  { session }: HttpContext
) {
  const userId = session.get(USER_KEY)
  const flags: PersonFlags | null = userId ? await flagsOf(userId) : null
  return flags?.[what] ?? false
}
