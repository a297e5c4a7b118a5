import { Agent, request } from 'node:http'

const TIMEOUT = 60_000

/** A signed-in browser that sends forms to whichever web process chance picks among those that are up. */
export class Browser {
  #agent = new Agent({ keepAlive: true })

  constructor(session, webs, chance) {
    Object.assign(this, { session, webs, chance })
  }

  /** Answers status, location and the beginning of the body; an error's code where no answer came. */
  post(path, fields) {
    const body = new URLSearchParams({ ...fields, _csrf: this.session.token }).toString()
    const up = this.webs.filter(({ isUp }) => isUp)
    const { port } = this.chance.of(up.length > 0 ? up : this.webs)
    const options = {
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      agent: this.#agent,
      timeout: TIMEOUT,
      headers: {
        'accept': 'text/html',
        'cookie': this.session.cookie,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
      },
    }
    return new Promise((resolve) => {
      const sent = request(options, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk) => (text += text.length < 5000 ? chunk : ''))
        response.on('error', ({ code }) => resolve({ error: code }))
        response.on('end', () => {
          const { location } = response.headers
          resolve({ status: response.statusCode, location, body: text })
        })
      })
      sent.on('timeout', () => sent.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })))
      sent.on('error', ({ code }) => resolve({ error: code }))
      sent.end(body)
    })
  }
}
