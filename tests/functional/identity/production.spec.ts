import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import { eventually } from '#tests/support/eventually'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const AUTH0 = {
  AUTH0_DOMAIN: 'nobody.invalid',
  AUTH0_CLIENT_ID: 'client',
  AUTH0_CLIENT_SECRET: 'secret',
  AUTH0_MANAGEMENT_CLIENT_ID: 'management',
  AUTH0_MANAGEMENT_CLIENT_SECRET: 'secret',
}
const AGREEMENTS = {
  CLARITY_PROJECT_ID: '',
  RESEND_API_KEY: '',
  ERASURE_TOMBSTONES: '/dev/null',
  DPA_AUTH0: '2020-01-15',
  DPA_FLY: '2020-01-15',
  FLY_REGION: 'ams',
  HOSTED_IN: 'NL',
}
const NONE = Object.fromEntries(Object.keys(AUTH0).map((name) => [name, '']))

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

const SERVER = ['--import=./bin/support/typescript.mjs', 'bin/server.ts']

/** Starts the server, or another process, as production does. `output` grows while it runs. */
async function production(settings: Record<string, string>, args = SERVER) {
  const port = await freePort()
  const env = {
    ...process.env,
    ...NONE,
    ...AGREEMENTS,
    PORT: String(port),
    ...settings,
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    APP_URL: 'https://orchestrate.example',
    RATE_LIMITS: 'on',
  }
  // One that starts where it should refuse would be waited for without end.
  const child = spawn(process.execPath, args, { cwd: ROOT, env, timeout: 120_000 })
  const run = { child, origin: `http://127.0.0.1:${port}`, output: '' }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => (run.output += part))
  return run
}

async function answering(origin: string) {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await fetch(`${origin}/health/live`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The server did not start')
}

test.group('In production', () => {
  test('the server refuses to start without Auth0', async ({ assert }) => {
    const run = await production({})
    const [code] = await once(run.child, 'exit')
    assert.equal(code, 1)
    for (const name of Object.keys(AUTH0)) assert.include(run.output, `"${name}"`)
    assert.notInclude(run.output, 'start/env', 'it shows no code')
  })

  test('a server that cannot listen says why, and ends', async ({ assert, cleanup }) => {
    const other = createServer().listen(0, '127.0.0.1')
    cleanup(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const run = await production({ ...AUTH0, HOST: '127.0.0.1', PORT: String(port) })
    cleanup(() => void run.child.kill('SIGKILL'))
    const [code] = await once(run.child, 'exit')
    assert.equal(code, 1)
    assert.include(run.output, `Port ${port} is in use by another program`)
    assert.notInclude(run.output, 'node_modules')
  })

  test('a command tells what the database says, and not where our code heard it', async ({
    assert,
  }) => {
    const address = new URL(process.env.DATABASE_SEALER_URL!)
    address.password = 'another'
    const run = await production({ ...AUTH0, DATABASE_SEALER_URL: address.href }, [
      'ace.js',
      'audit:verify',
    ])
    const [code] = await once(run.child, 'close')
    assert.equal(code, 1)
    assert.match(run.output, /The database says: password authentication failed.* Compare name/)
    assert.notInclude(run.output, 'node_modules')
  })

  test('the server refuses settings that are missing or weak, all at once', async ({ assert }) => {
    const run = await production({
      ...AUTH0,
      AUDIT_SIGNING_KEY: '',
      APP_KEY: 'short but not that short',
      DATA_KEY: 'short',
      DATABASE_URL: 'postgres://orch_app:x@db.example/orchestrate',
    })
    const [code] = await once(run.child, 'exit')
    assert.equal(code, 1)
    for (const name of ['AUDIT_SIGNING_KEY', 'APP_KEY', 'DATA_KEY', 'DATABASE_URL'])
      assert.include(run.output, name)
  })

  test('the server refuses to start without the agreements of those it sends data to', async ({
    assert,
  }) => {
    const run = await production({ ...AUTH0, DPA_AUTH0: '', DPA_FLY: '2020-01-15/2022-01-14' })
    const [code] = await once(run.child, 'exit')
    assert.equal(code, 1)
    assert.include(run.output, 'DPA_AUTH0 is missing')
    assert.include(run.output, 'DPA_FLY expired on 2022-01-14')
    assert.notInclude(run.output, 'agreement with Microsoft Clarity')
  })

  test('nothing that serves, works or erases begins on a database older than an erasure: {name}')
    .with([
      { name: 'the server', args: SERVER },
      ...[
        'worker',
        'privacy:erase --user=nobody@example.test --confirm',
        'projects:destroy --organisation=x --project=x --by=x',
        'organisations:erase --organisation=x --by=x',
        'privacy:retain',
      ].map((name) => ({ name, args: ['ace.js', ...name.split(' ')] })),
    ])
    .run(async ({ assert, cleanup }, { args }) => {
      const folder = await mkdtemp(join(tmpdir(), 'tombstones-'))
      cleanup(() => rm(folder, { recursive: true }))
      const notes = join(folder, 'erasures.ndjson')
      await writeFile(notes, `${JSON.stringify({ erasure: randomUUID() })}\n`)
      const run = await production({ ...AUTH0, ERASURE_TOMBSTONES: notes }, args)
      const [code] = await once(run.child, 'close')
      assert.equal(code, 1, run.output)
      assert.match(run.output, /Somebody was erased after.*privacy:replay-erasures/)
      assert.notInclude(run.output, 'Worker started')
    })

  test('a worker begins on one that knows every erasure', async ({ assert, cleanup }) => {
    const run = await production(AUTH0, ['ace.js', 'worker'])
    cleanup(() => void run.child.kill('SIGKILL'))
    await eventually(async () => run.output.includes('Worker started'))
    run.child.kill('SIGTERM')
    const [code] = await once(run.child, 'close')
    assert.equal(code, 0, run.output)
  })

  test('cookies are secure, and nothing depends on the provider', async ({ assert, cleanup }) => {
    const run = await production(AUTH0)
    cleanup(() => void run.child.kill('SIGKILL'))
    await answering(run.origin)
    const answer = await fetch(`${run.origin}/organisations`, { redirect: 'manual' })
    assert.equal(answer.status, 303)
    const [cookie, ...others] = answer.headers.getSetCookie()
    assert.isEmpty(others)
    assert.match(cookie, /^appSession=.*; HttpOnly; Secure; SameSite=Lax$/)
    const policy = answer.headers.get('content-security-policy')!
    assert.include(policy, `form-action 'self' https://nobody.invalid;`)
    assert.notInclude(policy, '127.0.0.1')
    assert.match(answer.headers.get('strict-transport-security')!, /^max-age=31536000/)
  })
})
