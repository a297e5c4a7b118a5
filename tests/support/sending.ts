import { randomUUID } from 'node:crypto'
import type { ApiClient, ApiRequest, ApiResponse } from '@japa/api-client'
import type { Account, Person } from '#tests/support/world'

/**
 * Sends a request as a browser's form does: anything but GET and POST becomes a POST that says so. Buffers in the body
 * are sent as files.
 */
export function send(
  client: ApiClient,
  method: string,
  path: string,
  person: Account | Person | null,
  body: Record<string, unknown> = {}
) {
  if (path.startsWith('/api/v1/')) return sendJson(client, method, path, person, body)
  const spoofed = ['GET', 'POST'].includes(method) ? path : `${path}?_method=${method}`
  const request = method === 'GET' ? client.get(spoofed) : posting(client.post(spoofed), body)
  return person ? request.as(person) : request
}

/** As a program does: with a token of the person, if they are a member, and every scope. */
function sendJson(
  client: ApiClient,
  method: string,
  path: string,
  person: Account | Person | null,
  body: Record<string, unknown>
) {
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch'
  const request: ApiRequest = client[verb](path).accept('json')
  if (method !== 'GET') request.json(body)
  return person ? request.withTokenOf(person) : request
}

/** An upload with a name other than `log.csv`. */
export function named(filename: string, text: string) {
  return Object.assign(Buffer.from(text), { filename })
}

function posting(request: ApiRequest, body: Record<string, unknown>) {
  const files = Object.entries(body).filter(([, value]) => Buffer.isBuffer(value))
  if (files.length === 0) return request.form(body)
  const fields = Object.entries(body).filter(([, value]) => !Buffer.isBuffer(value))
  for (const [name, value] of files) {
    const { filename = 'log.csv' } = value as Buffer & { filename?: string }
    request.file(name, value as Buffer, { filename })
  }
  return request.fields(Object.fromEntries(fields) as Record<string, string>)
}

/** An answer without what differs from one answer to the next: nonces, tokens, our own unsealed events, these ids. */
export function essence(response: ApiResponse, ids: Iterable<string>) {
  const blank = (text: string) => withoutBacklog(replaced(text))
  const replaced = (text: string) =>
    [...ids]
      .reduce((result, id) => result.replaceAll(id, 'ID'), text)
      .replaceAll(/nonce([=-])['"]?[\w+/=-]+/g, 'nonce$1N')
      .replaceAll(/(name='_csrf' value=|X-CSRF-TOKEN[^:]*:)['"&quot;\s]*[\w-]+/g, '$1T')
      .replaceAll(/(name="_once" value=)"[\w-]+"/g, '$1K')
      .replaceAll(String(response.header('x-request-id')), 'REQUEST')
  const headers = Object.entries(response.headers() as Record<string, string>)
    .filter(([name]) => !['date', 'etag', 'content-length', 'set-cookie'].includes(name))
    .map(([name, value]) => `${name}: ${blank(String(value))}`)
  return [response.status(), ...headers, '', blank(response.text() ?? '')].join('\n')
}

/** To try every number of a page as the beginning of this phrase takes longer than all the rest of its essence. */
function withoutBacklog(text: string) {
  if (!/ events? waits?/.test(text)) return text
  return text.replaceAll(/[\d,]+ (newer )?events? waits?/g, 'EVENTS WAIT')
}

export function randomId() {
  return randomUUID()
}
