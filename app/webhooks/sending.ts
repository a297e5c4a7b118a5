import http from 'node:http'
import https from 'node:https'
import { throughDoor } from '#privacy/door'
import {
  destinationOf,
  DestinationRefused,
  type Address,
  type Destinations,
} from '#webhooks/destination'

const TIMEOUT = 10_000

export type Outgoing = { url: string; headers: Record<string, string>; body: string }

/** The outcome of one attempt: the receiver's answer, or the code of why there was none. */
export type Outcome = { responseCode: number | null; failure: string | null }

/**
 * Posts a message to a receiver. It has ten seconds, redirects are not followed, and only the status of its answer is
 * read.
 */
export async function post(
  { url, headers, body }: Outgoing,
  destinations: Destinations,
  timeout = TIMEOUT
) {
  const to = new URL(url)
  try {
    const address = await destinationOf(to, destinations)
    const responseCode = await throughDoor(to.host, () =>
      send(to, address, { headers, body, timeout })
    )
    return { responseCode, failure: failureIn(responseCode) }
  } catch (error) {
    return { responseCode: null, failure: failureOf(error) }
  }
}

/** Connects to the address that was checked, and still verifies the host's own certificate. */
function send(
  url: URL,
  { address, family }: Address,
  { headers, body, timeout }: Omit<Outgoing, 'url'> & { timeout: number }
) {
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise<number>((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: (_hostname, { all }, done) =>
        all ? done(null, [{ address, family }]) : done(null, address, family),
      signal: AbortSignal.timeout(timeout),
    })
    sent.on('response', (response) => {
      resolve(response.statusCode!)
      response.destroy()
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function failureIn(status: number) {
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400 ? 'redirected' : 'refused'
}

function failureOf(error: unknown) {
  if (error instanceof DestinationRefused) return error.failure
  const { name, code = '' } = error as NodeJS.ErrnoException
  if (name === 'AbortError' || name === 'TimeoutError') return 'timeout'
  return /CERT|TLS|SSL/.test(code) ? 'certificate' : 'unreachable'
}
