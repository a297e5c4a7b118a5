import { connect, createServer } from 'node:net'
import { Failure } from './failure.mjs'

/** A free port of the loopback interface: the preferred one if possible. */
export async function freePort(wanted) {
  return (wanted && (await tryListen(wanted))) || tryListen(0)
}

/** Fails with advice when nothing can listen there, or something already serves on the web port. */
export async function requireFree(host, port) {
  if (!(Number.isInteger(port) && port > 0 && port < 65536)) {
    throw new Failure('PORT is a whole number from 1 to 65535, for example: PORT=3333 npm start')
  }
  const free = await tryListen(port, host).catch(({ code }) => {
    throw new Failure(`HOST is no address of this machine: ${host} (${code})`)
  })
  const busy = !free || (await answers('127.0.0.1', port))
  if (!busy) return
  throw new Failure(
    `Port ${port} is in use by another program${port < 1024 ? ', or reserved for root' : ''}. Choose another one, for example:\n\n` +
      `  PORT=${port < 1024 ? 3333 : port + 1} npm start`
  )
}

function tryListen(port, host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null)
      else reject(error)
    })
    server.listen(port, host, () => {
      const taken = server.address().port
      server.close(() => resolve(taken))
    })
  })
}

/** Some systems let two programs listen on one port, one of them on a wildcard address. */
function answers(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const done = (result) => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.setTimeout(500, () => done(false))
  })
}
