import { CookieClient } from '@adonisjs/core/http'
import encryption from '@adonisjs/core/services/encryption'
import { SESSION_COOKIE } from '#config/session'
import { ORGANISATION_COOKIE } from '#identity/organisation_choice'
import { openSession, type Person } from '#tests/support/world'

/** The headers of a browser in which this person has signed in; valid for reading and for writing. */
export async function headersOf(person: Person): Promise<Record<string, string>> {
  const { id, token } = await openSession(person)
  const client = new CookieClient(encryption.use())
  const cookies = [
    `${SESSION_COOKIE}=${client.encrypt(SESSION_COOKIE, id)}`,
    `${ORGANISATION_COOKIE}=${client.sign(ORGANISATION_COOKIE, person.organisationId)}`,
  ]
  return { 'cookie': cookies.join('; '), 'x-csrf-token': token }
}
