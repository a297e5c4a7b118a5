import { writeFileSync } from 'node:fs'
import { createServer as createPlain, request } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { selfSigned } from '../support/certificate.mjs'

const HANDSHAKE = 22
/** With forward secrecy and authenticated; TLS 1.3 has no others. */
const CIPHERS = 'ECDHE+AESGCM:ECDHE+CHACHA20'

/**
 * TLS in front of a web process, as the host's proxy provides it in production: at least TLS 1.2, with plain requests
 * redirected to https. Both on one port, because the observatory asks one name for both. The certificate is
 * self-signed; `certificate` is its file.
 */
export async function openTls({ folder }) {
  let port = 0
  const { key, certificate } = await selfSigned()
  const file = join(folder, 'tls.crt')
  writeFileSync(file, certificate)
  const options = { key, cert: certificate, minVersion: 'TLSv1.2', ciphers: CIPHERS }
  const secure = createSecure(options, (incoming, outgoing) => {
    const headers = { ...incoming.headers, 'x-forwarded-proto': 'https' }
    forward({ incoming, outgoing, port, headers })
  })
  const plain = createPlain((incoming, outgoing) => {
    const location = `https://${incoming.headers.host}${incoming.url}`
    outgoing.writeHead(301, { location }).end()
  })
  const door = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('readable', () => {
      const first = socket.read(1)
      if (!first) return
      socket.unshift(first)
      const server = first[0] === HANDSHAKE ? secure : plain
      server.emit('connection', socket)
    })
  })
  await new Promise((resolve) => door.listen(0, '127.0.0.1', resolve))
  const host = `localhost:${door.address().port}`
  return { host, certificate: file, leadTo: (inside) => (port = inside) }
}

/** Forwards a request to a port of this machine, and its answer back. */
export function forward({ incoming, outgoing, port, headers }) {
  const { method, url } = incoming
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.rawHeaders)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}
