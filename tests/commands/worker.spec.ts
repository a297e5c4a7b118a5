import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { enqueue } from '#jobs/enqueue'
import WorkerProvider from '#jobs/worker_provider'
import env from '#start/env'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { eventually } from '#tests/support/eventually'
import { WebProcess } from '#tests/support/web_process'
import { World } from '#tests/support/world'

test.group('node ace worker', () => {
  test('stops on SIGTERM', async ({ assert }) => {
    const worker = spawn(process.execPath, ['ace.js', 'worker'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    worker.stderr.on('data', (chunk) => (output += chunk))
    await new Promise<void>((resolve, reject) => {
      worker.stdout.on('data', (chunk) => {
        output += chunk
        if (output.includes('Worker started')) resolve()
      })
      worker.once('exit', () => reject(new Error(output)))
    })
    worker.kill('SIGTERM')
    const [code] = await once(worker, 'exit')
    assert.equal(code, 0, output)
  })
})

test.group('The worker inside a web process', () => {
  test('runs jobs, and stops with it on SIGTERM', async ({ assert, cleanup }) => {
    const [{ began }] = await sql<{ began: Date }>(admin(), 'select clock_timestamp() as began')
    const web = await WebProcess.start({ WORKER_IN_PROCESS: 'true', STOP_NOTICE_SECONDS: '0' })
    cleanup(() => web.signal('SIGKILL'))
    const world = await World.create()
    const ask = () => world.inside(() => enqueue(Tenancy.current().trx, 'rate_issues', {}))
    await ask()
    await eventually(async () => (await jobsOf(world.organisationId)).length === 0)
    web.signal('SIGTERM')
    assert.equal(await web.ended, 0)
    await ask()
    assert.lengthOf(await jobsOf(world.organisationId), 1)
    // Workers that other tests killed leave locks of their own behind.
    const locked = await sql(
      admin(),
      'select id from graphile_worker._private_jobs where locked_at >= ?',
      [began]
    )
    assert.lengthOf(locked, 0)
  })

  test('does not begin any more in a process that is told to stop while it {name}')
    .with([
      { name: 'loads it', stopsAt: 'once' },
      { name: 'makes its log', stopsAt: 'log' },
    ])
    .run(async ({ assert, cleanup }, { stopsAt }) => {
      const before = env.get('WORKER_IN_PROCESS')
      env.set('WORKER_IN_PROCESS', true)
      cleanup(() => env.set('WORKER_IN_PROCESS', before))
      const make = async (name: 'logger') => {
        if (stopsAt === 'log') await provider.shutdown()
        return app.container.make(name)
      }
      const provider = new WorkerProvider({ container: { make } } as any)
      const ready = provider.ready()
      if (stopsAt === 'once') await provider.shutdown()
      await ready
      assert.isFalse(await isListening())
    })
})

async function jobsOf(organisationId: string) {
  return sql(
    admin(),
    `select id from graphile_worker._private_jobs where payload->>'organisationId' = ?`,
    [organisationId]
  )
}

/** Whether some worker waits for jobs in this database. */
async function isListening() {
  const rows = await sql(
    admin(),
    `select pid from pg_stat_activity where datname = current_database() and query ilike 'listen %jobs%'`
  )
  return rows.length > 0
}
