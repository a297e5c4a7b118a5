import type { ApiClient, ApiResponse } from '@japa/api-client'
import { SESSION_COOKIE } from '#config/session'
import { ORGANISATION_COOKIE } from '#identity/organisation_choice'
import { openSession, type Person } from '#tests/support/world'

const ORIGIN = `http://${process.env.HOST}:${process.env.PORT}`

/** What a form is sent with instead of its page's values. */
type Sending = { token?: string; origin?: string }

/** One member clicking from page to page in one session, so that messages and typed input survive a redirect. */
export class Walk {
  #page = '/projects'

  static async begin(client: ApiClient, person: Person) {
    return new Walk(client, person, await openSession(person))
  }

  private constructor(
    readonly client: ApiClient,
    private person: Person,
    private session: { id: string; token: string }
  ) {}

  /** Opens a page. */
  async open(path: string) {
    this.#page = path
    return this.#send(this.client.get(path))
  }

  /** Sends a form of the page last opened; anything but POST is sent as browsers must. */
  submit(path: string, fields: Record<string, unknown>, method = 'POST', from: Sending = {}) {
    const spoofed = method === 'POST' ? path : `${path}?_method=${method}`
    const request = this.#send(this.client.post(spoofed).form(fields))
    if (from.token) request.header('x-csrf-token', from.token)
    return request.header('origin', from.origin ?? ORIGIN)
  }

  /** The page that an answer leads to. */
  follow(response: ApiResponse) {
    const location = response.header('location')
    if (!location) throw new Error(`${response.status()} leads nowhere`)
    const { pathname, search } = new URL(location, 'http://here')
    return this.open(pathname + search)
  }

  /** Sends a form and opens the page that follows. */
  async submitAndFollow(path: string, fields: Record<string, unknown>, method = 'POST') {
    return this.follow(await this.submit(path, fields, method))
  }

  #send(request: ReturnType<ApiClient['get']>) {
    return request
      .accept('html')
      .withEncryptedCookie(SESSION_COOKIE, this.session.id)
      .withCookie(ORGANISATION_COOKIE, this.person.organisationId)
      .header('x-csrf-token', this.session.token)
      .header('referer', `${ORIGIN}${this.#page}`)
  }
}
