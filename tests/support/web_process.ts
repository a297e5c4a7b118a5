import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const PATIENCE = 60_000

/** A separate web process on the test's database, as one of several that serve together. */
export class WebProcess {
  #output = ''
  #process: ChildProcess
  readonly ended: Promise<number | null>

  private constructor(
    readonly port: number,
    env: Record<string, string>
  ) {
    const server = ['--import=./bin/support/typescript.mjs', 'bin/server.ts']
    this.#process = spawn(process.execPath, server, {
      env: { ...process.env, ...IDENTITY, ...env, PORT: String(port) },
    })
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) {
      stream.on('data', (chunk) => (this.#output += chunk))
    }
    this.ended = once(this.#process, 'close').then(([code]) => code)
  }

  static async start(env: Record<string, string> = {}) {
    const one = new WebProcess(await freePort(), env)
    await one.#answers()
    return one
  }

  get url() {
    return `http://127.0.0.1:${this.port}`
  }

  ask(path: string, headers: Record<string, string> = {}, fields?: Record<string, string>) {
    const form = fields && { method: 'POST', body: new URLSearchParams(fields) }
    return fetch(this.url + path, { redirect: 'manual', headers, ...form })
  }

  signal(name: NodeJS.Signals) {
    this.#process.kill(name)
  }

  async #answers() {
    for (const begun = Date.now(); Date.now() - begun < PATIENCE; await pause(50)) {
      const isThere = await this.ask('/health/ready').then(
        ({ ok }) => ok,
        () => false
      )
      if (isThere) return
      if (this.#process.exitCode !== null) break
    }
    this.signal('SIGKILL')
    throw new Error(`A web process did not start:\n${this.#output}`)
  }
}

/** None of these is ever contacted: no one signs in here. */
const IDENTITY = {
  AUTH0_DOMAIN: 'tests.example.auth0.com',
  AUTH0_CLIENT_ID: 'tests',
  AUTH0_CLIENT_SECRET: 'tests',
  AUTH0_MANAGEMENT_CLIENT_ID: 'tests',
  AUTH0_MANAGEMENT_CLIENT_SECRET: 'tests',
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
