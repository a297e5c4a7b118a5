import { createServer } from 'node:http'
import { forward } from './tls.mjs'

/**
 * A proxy to a web process that blocks some addresses, for a scanner that would end its own session. It runs until the
 * command ends; returns its origin.
 */
export async function openFence(port, closed) {
  const server = createServer((incoming, outgoing) => {
    if (closed.test(incoming.url)) return outgoing.writeHead(403).end()
    // Not every scanner reads compressed answers.
    const headers = {
      ...incoming.headers,
      'host': `127.0.0.1:${port}`,
      'accept-encoding': 'identity',
    }
    return forward({ incoming, outgoing, port, headers })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${server.address().port}`
}
