import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { test } from '@japa/runner'

const LAUNCHER = fileURLToPath(new URL('../fixtures/launcher.mjs', import.meta.url))

/** One run of the launcher, with what it printed so far. */
class Run {
  output = ''
  ended: Promise<number | null>
  readonly process: ChildProcess

  constructor(state: string, port: number) {
    const env = { ...process.env, ORCHESTRATE_STATE: state, PORT: String(port) }
    this.process = spawn(process.execPath, [LAUNCHER], { env })
    this.process.stdout!.on('data', (chunk) => (this.output += chunk))
    this.process.stderr!.on('data', (chunk) => (this.output += chunk))
    this.ended = new Promise((resolve) => this.process.once('close', resolve))
  }

  async serverPid() {
    const listening = /listening (\d+)/
    const gone = await until(() => listening.test(this.output) || this.process.exitCode !== null)
    if (!gone || !listening.test(this.output)) throw new Error(`not started: ${this.output}`)
    return Number(listening.exec(this.output)![1])
  }

  get database(): { known: boolean; urls: Record<string, string> } {
    return JSON.parse(this.output.split('\n').find((line) => line.startsWith('{'))!)
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM') {
    this.process.kill(signal)
    return this.ended
  }
}

async function until(condition: () => boolean, milliseconds = 60_000) {
  const deadline = Date.now() + milliseconds
  while (!condition()) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return true
}

function runs(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !/\) Z/.test(stat)
  } catch {
    return false
  }
}

function postmaster(state: string) {
  const file = join(state, 'launcher/postgres/data/postmaster.pid')
  return Number(readFileSync(file, 'utf8').split('\n')[0])
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

test.group('Launcher', (group) => {
  let state: string
  let port: number

  group.tap((each) => each.timeout(120_000).skip(process.platform !== 'linux', 'reads /proc'))
  group.setup(async () => {
    state = mkdtempSync(join(process.getuid?.() === 0 ? '/var/tmp' : tmpdir(), 'launcher-'))
    // mkdtemp shuts others out, and as root the database runs under another account.
    if (process.getuid?.() === 0) chmodSync(state, 0o711)
    port = await freePort()
    return () => rmSync(state, { recursive: true, force: true })
  })

  test('starts, keeps its data, and leaves no process behind', async ({ assert }) => {
    const run = new Run(state, port)
    const server = await run.serverPid()
    const database = postmaster(state)
    assert.isFalse(run.database.known)
    assert.isTrue(runs(database))

    const owner = new pg.Client({ connectionString: run.database.urls.DATABASE_OWNER_URL })
    await owner.connect()
    await owner.query('create table kept as select 1 as one')
    await owner.end()

    assert.equal(await run.stop('SIGINT'), 0)
    assert.isFalse(runs(server))
    assert.isFalse(runs(database))
  })

  test('keeps passwords from others', ({ assert }) => {
    for (const name of ['server.json', 'roles.json']) {
      assert.equal(statSync(join(state, 'launcher/postgres', name)).mode & 0o777, 0o600)
    }
  })

  test('refuses a second instance and says which one runs', async ({ assert }) => {
    const first = new Run(state, port)
    await first.serverPid()
    const second = new Run(state, port)

    assert.equal(await second.ended, 1)
    assert.include(second.output, `already runs (process ${first.process.pid})`)
    assert.equal(await first.stop(), 0)
  })

  test('says that the port is busy, how to choose another, and stops', async ({ assert }) => {
    const other = createServer().listen(port, '127.0.0.1')
    const run = new Run(state, port)

    assert.equal(await run.ended, 1)
    assert.include(run.output, `Port ${port} is in use`)
    assert.include(run.output, 'PORT=')
    await new Promise((resolve) => other.close(resolve))
  })

  test('refuses an impossible port', async ({ assert }) => {
    for (const wrong of [99_999, Number.NaN]) {
      const run = new Run(state, wrong)
      assert.equal(await run.ended, 1)
      assert.include(run.output, 'PORT is a whole number from 1 to 65535')
      assert.notInclude(run.output, 'node:net')
    }
  })

  test('says that its folder cannot be written, and how to choose another', async ({ assert }) => {
    const file = join(state, 'file')
    writeFileSync(file, '')
    const run = new Run(file, port)

    assert.equal(await run.ended, 1)
    assert.include(run.output, `${file}/launcher cannot be written (ENOTDIR)`)
    assert.include(run.output, 'ORCHESTRATE_STATE=')
    assert.notInclude(run.output, 'node:fs')
  })

  test('ends the database and the server after a kill -9 of itself', async ({ assert }) => {
    const run = new Run(state, port)
    const server = await run.serverPid()
    const database = postmaster(state)
    await run.stop('SIGKILL')

    assert.isTrue(await until(() => !runs(server) && !runs(database)))
  })

  test('starts with its data after a kill -9 of the {$self}')
    .with(['database', 'server'])
    .run(async ({ assert }, victim) => {
      const run = new Run(state, port)
      const server = await run.serverPid()
      process.kill(victim === 'database' ? postmaster(state) : server, 'SIGKILL')
      assert.notEqual(await run.ended, 0)

      const next = new Run(state, port)
      await next.serverPid()
      const app = new pg.Client({ connectionString: next.database.urls.DATABASE_OWNER_URL })
      await app.connect()
      const { rows } = await app.query('select one from kept')
      await app.end()
      assert.isTrue(next.database.known)
      assert.deepEqual(rows, [{ one: 1 }])
      assert.equal(await next.stop(), 0)
    })
})
