import { Agent } from 'node:http'
import { ApiClient, ApiRequest } from '@japa/api-client'
import { SESSION_COOKIE } from '#config/session'
import { ORGANISATION_COOKIE } from '#identity/organisation_choice'
import { tokenOf } from '#tests/support/tokens'
import { openSession, type Account, type Person } from '#tests/support/world'

declare module '@japa/api-client' {
  interface ApiRequest {
    /**
     * Sends the request as a member who signed in so many minutes ago, with the CSRF token of a form rendered
     * for them.
     */
    as(person: Account | Person, minutesAgo?: number): this
    /** Sends the request with a token of this member that has every scope; without one for anyone else. */
    withTokenOf(person: Account | Person): this
    /** Sends the request as an htmx request for one fragment. */
    forFragment(id: string, tag?: string): this
  }
}

/** A new connection for each request would take as long as many an answer. */
const connections = new Agent({ keepAlive: true })

/**
 * Adds the sign-in and htmx shorthands. Redirects are never followed: tests check the answer itself. Nothing is
 * compressed unless a test asks for it. No status counts as an error, for which the client would close the connection.
 */
export function extendApiClient() {
  ApiRequest.macro('as', function (this: ApiRequest, person: Account | Person, minutesAgo) {
    return this.setup(async () => {
      const { id, token } = await openSession(person, minutesAgo)
      this.withEncryptedCookie(SESSION_COOKIE, id)
      this.header('x-csrf-token', token)
      if ('organisationId' in person) this.withCookie(ORGANISATION_COOKIE, person.organisationId)
    })
  })
  ApiRequest.macro('withTokenOf', function (this: ApiRequest, person: Account | Person) {
    return this.setup(async () => {
      const token = await tokenOf(person)
      if (token) this.header('authorization', `Bearer ${token}`)
    })
  })
  ApiRequest.macro('forFragment', function (this: ApiRequest, id: string, tag = 'section') {
    return this.header('HX-Request', 'true')
      .header('HX-Request-Type', 'partial')
      .header('HX-Target', `${tag}#${id}`)
  })
  ApiClient.setup((request) => {
    request.redirects(0)
    request.request.agent(connections).ok(() => true)
    request.header('accept-encoding', 'identity')
  })
}
