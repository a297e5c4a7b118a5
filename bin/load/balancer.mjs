import { Agent, request } from 'node:http'

const EVERY = 500
const TIMEOUT = 60_000

/** Spreads requests over the processes that are ready, as a platform's proxy does. It repeats none. */
export class Balancer {
  #turn = 0
  #timer

  constructor(ports) {
    this.backends = ports.map((port) => ({
      port,
      isReady: true,
      agent: new Agent({ keepAlive: true }),
    }))
    this.#timer = setInterval(() => this.backends.forEach(look), EVERY)
  }

  stop() {
    clearInterval(this.#timer)
    this.backends.forEach(({ agent }) => agent.destroy())
  }

  send(path, session, fields) {
    const ready = this.backends.filter(({ isReady }) => isReady)
    const among = ready.length > 0 ? ready : this.backends
    return send(among[this.#turn++ % among.length], path, session, fields)
  }
}

async function look(backend) {
  backend.isReady = await fetch(`http://127.0.0.1:${backend.port}/health/ready`).then(
    ({ ok }) => ok,
    () => false
  )
}

/** Returns the status, or the error's code. */
function send({ port, agent }, path, { cookie, token }, fields) {
  const body = fields ? new URLSearchParams({ ...fields, _csrf: token }).toString() : ''
  const form = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': body.length,
  }
  const headers = {
    'accept': 'text/html',
    'accept-encoding': 'gzip, br',
    cookie,
    ...(fields && form),
  }
  const options = { host: '127.0.0.1', port, agent, path, headers, timeout: TIMEOUT }
  return new Promise((resolve) => {
    const sent = request({ ...options, method: fields ? 'POST' : 'GET' }, (response) => {
      response.on('error', ({ code }) => resolve({ status: 0, error: code }))
      response.on('end', () => resolve({ status: response.statusCode }))
      response.resume()
    })
    sent.on('timeout', () => sent.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })))
    sent.on('error', ({ code }) => resolve({ status: 0, error: code }))
    sent.end(body)
  })
}
