import { EventEmitter } from 'node:events'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { enqueue } from '#jobs/enqueue'
import { Leases } from '#jobs/leases'
import { QueuePool } from '#jobs/queue_pool'
import env from '#start/env'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { World } from '#tests/support/world'

/** A job that a worker took a minute ago and did not end. */
async function takenBy(worker: string, attempt: number) {
  const world = await World.create()
  await world.inside(() => enqueue(Tenancy.current().trx, 'rate_issues', { attempt }))
  const [{ id }] = await sql(
    db,
    `update graphile_worker._private_jobs
        set locked_by = ?, locked_at = now() - interval '1 minute'
      where payload ->> 'organisationId' = ? and (payload ->> 'attempt')::int = ? returning id`,
    [worker, world.organisationId, attempt]
  )
  return id as string
}

async function holderOf(id: string) {
  const [{ holder }] = await sql(
    db,
    'select locked_by as holder from graphile_worker._private_jobs where id = ?',
    [id]
  )
  return holder as string | null
}

/** The leases of a worker that has these jobs at hand. */
function leasesOf(worker: string, atHand: string[]) {
  const events = new EventEmitter()
  const leases = new Leases(logger)
  leases.watch(events)
  events.emit('pool:create', { workerPool: { id: worker } })
  for (const id of atHand) events.emit('job:start', { job: { id } })
  return { leases, events }
}

test.group('Leases of jobs', () => {
  test('a killed worker’s job is freed, and so is one its worker never received; running jobs stay', async ({
    assert,
  }) => {
    const lost = await takenBy('pool-killed', 1)
    const unheardOf = await takenBy('pool-alive', 2)
    const atHand = await takenBy('pool-alive', 3)
    const { leases } = leasesOf('pool-alive', [atHand])
    await leases.round()
    await leases.round()
    assert.isNull(await holderOf(lost))
    assert.isNull(await holderOf(unheardOf))
    assert.equal(await holderOf(atHand), 'pool-alive')
  })

  test('a worker that comes back leaves the others time to renew theirs', async ({ assert }) => {
    const theirs = await takenBy('pool-other', 1)
    const { leases } = leasesOf('pool-back', [])
    await leases.round()
    assert.equal(await holderOf(theirs), 'pool-other')
  })

  test('what has ended is not kept locked', async ({ assert }) => {
    const ended = await takenBy('pool-alive', 1)
    const { leases, events } = leasesOf('pool-alive', [ended])
    events.emit('job:complete', { job: { id: ended } })
    await leases.round()
    await leases.round()
    assert.isNull(await holderOf(ended))
  })
})

test.group('The connections of the queue', () => {
  test('are taken back once, however often one is given back', async ({ assert, cleanup }) => {
    const config = { connectionString: env.get('DATABASE_URL'), max: 1 }
    const pool = new QueuePool(config, logger)
    cleanup(() => pool.end())
    const release = await new Promise<() => void>((resolve, reject) =>
      pool.connect((error, _, giveBack) => (error ? reject(error) : resolve(giveBack)))
    )
    release()
    const next = await pool.connect()
    assert.doesNotThrow(release)
    assert.equal(pool.idleCount, 0, 'what somebody else has now was not taken from them')
    next.release()
    assert.equal(pool.idleCount, 1)
  })

  test('may break unnoticed by their user, and are dropped', async ({ assert, cleanup }) => {
    const config = { connectionString: env.get('DATABASE_URL'), max: 1 }
    const pool = new QueuePool(config, logger)
    cleanup(() => pool.end())
    const client = await pool.connect()
    const { rows } = await client.query('select pg_backend_pid() as pid')
    const gone = new Promise((resolve) => client.once('end', resolve))
    await sql(admin(), 'select pg_terminate_backend(?)', [rows[0].pid])
    await gone
    client.release()
    assert.equal(pool.totalCount, 0)
  })
})
