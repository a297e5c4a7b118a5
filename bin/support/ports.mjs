import { connect, createServer } from 'node:net'
import { Failure } from './failure.mjs'

/** A port of the loopback interface that nothing listens on: the wanted one if possible. */
export async function freePort(wanted) {
  return (wanted && (await tryListen(wanted))) || tryListen(0)
}

/** Fails with what to do about it when somebody already serves on the web port. */
export async function requireFree(host, port) {
  const busy = !(await tryListen(port, host)) || (await answers('127.0.0.1', port))
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
