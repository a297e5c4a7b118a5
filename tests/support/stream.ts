import { headersOf } from '#tests/support/session_headers'
import type { Person } from '#tests/support/world'

/** A request whose answer is read as it arrives, event by event, as htmx reads it. */
export class Stream {
  #reader: ReadableStreamDefaultReader<Uint8Array>
  #text = ''
  #decoder = new TextDecoder()

  private constructor(
    private response: Response,
    private abort: AbortController
  ) {
    this.#reader = response.body?.getReader() ?? new ReadableStream().getReader()
  }

  /** Asks the tests' own server, or another. */
  static async post(
    path: string,
    person: Person,
    fields: Record<string, string>,
    origin = `http://${process.env.HOST}:${process.env.PORT}`
  ) {
    const abort = new AbortController()
    const response = await fetch(origin + path, {
      method: 'POST',
      redirect: 'manual',
      signal: abort.signal,
      body: new URLSearchParams(fields),
      headers: {
        'accept': 'text/html, text/event-stream',
        ...(await headersOf(person)),
        'hx-request': 'true',
        'hx-request-type': 'partial',
        'hx-target': 'ol#conversation',
      },
    })
    return new Stream(response, abort)
  }

  get status() {
    return this.response.status
  }

  header(name: string) {
    return this.response.headers.get(name)
  }

  /** The next event's data; null at the end. */
  async next(): Promise<string | null> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end >= 0) {
        const event = this.#text.slice(0, end)
        this.#text = this.#text.slice(end + 2)
        return event.replaceAll(/^data: /gm, '')
      }
      const { done, value } = await this.#reader.read()
      if (done) return null
      this.#text += this.#decoder.decode(value, { stream: true })
    }
  }

  /** Every event that is still to come. */
  async rest() {
    const events: string[] = []
    for (let event = await this.next(); event !== null; event = await this.next())
      events.push(event)
    return events
  }

  leave() {
    this.abort.abort()
  }
}
