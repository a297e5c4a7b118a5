import { Agent, request } from 'node:http'

const TIMEOUT = 60_000

/** How much of a page is kept: enough to find what it reports. */
const TOLD = 5000

/** A signed-in browser that uses a random one of the web processes that are up. */
export class Browser {
  #agent = new Agent({ keepAlive: true })

  constructor(session, webs, chance) {
    Object.assign(this, { session, webs, chance })
  }

  /** Returns status, location and the beginning of the body, or an error's code when no answer came. */
  post(path, fields) {
    const body = new URLSearchParams({ ...fields, _csrf: this.session.token }).toString()
    return this.#send('POST', path, body, 'application/x-www-form-urlencoded')
  }

  /** Sends a form with a file, like `post` for one without. */
  async upload(path, fields, { name, bytes }) {
    const form = new FormData()
    for (const [field, value] of Object.entries({ ...fields, _csrf: this.session.token }))
      form.set(field, value)
    form.set('file', new Blob([bytes]), name)
    const sent = new Response(form)
    const type = sent.headers.get('content-type')
    return this.#send('POST', path, Buffer.from(await sent.arrayBuffer()), type)
  }

  /** The same for a page or a file, with all of its bytes. */
  get(path) {
    return this.#send('GET', path, '', null)
  }

  #send(method, path, body, type) {
    const up = this.webs.filter(({ isUp }) => isUp)
    const { port } = this.chance.of(up.length > 0 ? up : this.webs)
    const options = {
      host: '127.0.0.1',
      port,
      path,
      method,
      agent: this.#agent,
      timeout: TIMEOUT,
      headers: {
        accept: 'text/html',
        cookie: this.session.cookie,
        ...(type && { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
      },
    }
    return new Promise((resolve) => {
      const sent = request(options, (response) => {
        const parts = []
        response.on('data', (part) => parts.push(part))
        response.on('error', ({ code }) => resolve({ error: code }))
        response.on('end', () => {
          const bytes = Buffer.concat(parts)
          const { location } = response.headers
          const told = bytes.subarray(0, TOLD).toString()
          resolve({ status: response.statusCode, location, body: told, bytes })
        })
      })
      sent.on('timeout', () => sent.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })))
      sent.on('error', ({ code }) => resolve({ error: code }))
      sent.end(body)
    })
  }
}
