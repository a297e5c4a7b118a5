import { setTimeout as wait } from 'node:timers/promises'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { runOnce } from 'graphile-worker'
import { v7 as uuidv7 } from 'uuid'
import { sealState } from '#audit/seal_state'
import { hash } from '#identity/session_store'
import { enqueue } from '#jobs/enqueue'
import { jobs, type Jobs } from '#jobs/index'
import type { Payload } from '#jobs/kinds'
import { Sealing } from '#jobs/sealing'
import { cronItemsOf, tasksOf } from '#jobs/tasks'
import { Worker } from '#jobs/worker'
import Import from '#models/import'
import env from '#start/env'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { eventually } from '#tests/support/eventually'
import { World } from '#tests/support/world'

/** Runs whatever waits of these jobs, as one worker would; what other tests left in the queue stays. */
function runWaiting(registry: Jobs) {
  return runOnce({
    connectionString: env.get('DATABASE_URL'),
    taskList: tasksOf(registry),
    noHandleSignals: true,
  })
}

function only(name: keyof typeof jobs): Jobs {
  return { [name]: jobs[name] }
}

function counting(scope: Jobs[string]['scope']) {
  const seen: { payload: Payload; organisationId: string | null }[] = []
  const run = (payload: Payload) => {
    const organisationId = scope === 'global' ? null : Tenancy.current().organisationId
    seen.push({ payload, organisationId })
  }
  return { seen, job: { scope, run } as Jobs[string] }
}

async function uploadDraft(world: World, hoursOld: number) {
  const project = await world.project()
  const manager = await world.person('manager')
  return world.inside(async () => {
    const draft = await Import.create({
      projectId: project.id,
      fileName: 'risks.csv',
      status: 'draft',
      choices: {},
      summary: { format: 'csv', bytes: 1, sheets: 1 },
      createdBy: manager.membershipId,
    } as any)
    await sql(
      Tenancy.current().trx,
      `update imports set created_at = now() - make_interval(hours => ?)
       where organisation_id = ? and id = ?`,
      [hoursOld, world.organisationId, draft.id]
    )
    return draft
  }, manager)
}

test.group('Jobs', () => {
  test('a rollback leaves no job, a commit runs it once', async ({ assert }) => {
    const { seen, job } = counting('global')
    const registry = { sweep_sessions: job }
    await runWaiting(registry)
    seen.length = 0

    const world = await World.create()
    await assert.rejects(() =>
      world.inside(async () => {
        await enqueue(Tenancy.current().trx, 'sweep_sessions', { attempt: 1 })
        throw new Error('undone')
      })
    )
    await runWaiting(registry)
    assert.isEmpty(seen)

    await world.inside(() => enqueue(Tenancy.current().trx, 'sweep_sessions', { attempt: 2 }))
    await runWaiting(registry)
    await runWaiting(registry)
    assert.deepEqual(seen, [{ payload: { attempt: 2 }, organisationId: null }])
  })

  test('a job of an organisation finds itself inside it', async ({ assert }) => {
    const { seen, job } = counting('organisation')
    const world = await World.create()
    await world.inside(() => enqueue(Tenancy.current().trx, 'discard_stale_imports'))
    await runWaiting({ discard_stale_imports: job })
    assert.deepInclude(seen, { payload: {}, organisationId: world.organisationId })
  })

  test('a job of an organisation cannot be enqueued outside one', async ({ assert }) => {
    await assert.rejects(() => enqueue(db, 'discard_stale_imports'), /No organisation is active/)
  })

  test('on schedule it visits each organisation once', async ({ assert }) => {
    const { seen, job } = counting('organisation')
    const worlds = [await World.create(), await World.create()]
    const name = `visits_${uuidv7().replaceAll('-', '')}`
    const add = () =>
      sql(db, `select graphile_worker.add_job(?, '{"_cron": {"ts": "now"}}'::json)`, [name])
    await add()
    await add()
    await runWaiting({ [name]: job })
    for (const { organisationId } of worlds) {
      assert.lengthOf(
        seen.filter((visit) => visit.organisationId === organisationId),
        1
      )
    }
  })

  test('two workers side by side run each job once', async ({ assert }) => {
    const { seen, job } = counting('global')
    const name = `shared_${uuidv7().replaceAll('-', '')}`
    const workers = [1, 2].map(() => new Worker(logger, { [name]: job }))
    for (const worker of workers) await worker.start()
    await sql(
      db,
      `select graphile_worker.add_job(?, json_build_object('n', n)) from generate_series(1, 20) n`,
      [name]
    )
    for (let round = 0; round < 600 && seen.length < 20; round++) await wait(50)
    for (const worker of workers) await worker.stop()
    const numbers = seen.map(({ payload }) => Number(payload.n)).sort((a, b) => a - b)
    assert.deepEqual(
      numbers,
      Array.from({ length: 20 }, (_, index) => index + 1)
    )
  })

  test('a failed job leaves its error in the queue without personal data', async ({ assert }) => {
    const name = `failing_${uuidv7().replaceAll('-', '')}`
    const run = () => {
      throw Object.assign(new Error('No mailbox for ada@example.test "Ada Lovelace"'), {
        detail: 'Key (email)=(ada@example.test) exists',
      })
    }
    const [{ id }] = await sql(db, 'select id from graphile_worker.add_job(?)', [name])
    await runWaiting({ [name]: { scope: 'global', run } })
    const look = () =>
      sql(db, 'select attempts, last_error from graphile_worker._private_jobs where id = ?', [id])
    // The queue may take note of it a moment after the run has ended.
    await eventually(async () => (await look())[0].last_error !== null)
    const [job] = await look()
    await sql(db, 'select graphile_worker.complete_jobs(array[?::bigint])', [id])
    assert.equal(job.attempts, 1)
    assert.include(job.last_error, 'No mailbox for [email] [quoted]')
    assert.notMatch(job.last_error, /ada|Lovelace/i)
  })

  test('schedules are well-formed crontab lines', async ({ assert }) => {
    const { parseCronItems } = await import('graphile-worker')
    const scheduled = Object.values(jobs).filter((job) => 'schedule' in job)
    assert.lengthOf(parseCronItems(cronItemsOf(jobs)), scheduled.length)
  })

  test('ended sessions are swept, others stay', async ({ assert }) => {
    const [ended, open] = [hash(uuidv7()), hash(uuidv7())]
    await sql(
      db,
      `insert into sessions (id, data, expires_at)
       values (?, '{}', now() - interval '1 second'), (?, '{}', now() + interval '1 hour')`,
      [ended, open]
    )
    await enqueue(db, 'sweep_sessions')
    await runWaiting(only('sweep_sessions'))
    const rows = await sql(db, 'select id from sessions where id in (?, ?)', [ended, open])
    assert.deepEqual(
      rows.map(({ id }) => id),
      [open]
    )
  })

  test('drafts of yesterday are discarded, those of today stay', async ({ assert }) => {
    const world = await World.create()
    const old = await uploadDraft(world, 25)
    const young = await uploadDraft(world, 23)
    await world.inside(() => enqueue(Tenancy.current().trx, 'discard_stale_imports'))
    await runWaiting(only('discard_stale_imports'))
    const left = await world.inside(async () => {
      return await Import.query().whereIn('id', [old.id, young.id])
    })
    assert.deepEqual(
      left.map(({ id }) => id),
      [young.id]
    )
  })
})

test.group('Sealing', () => {
  test('continues until it is stopped', async ({ assert }) => {
    const world = await World.create()
    const sealing = new Sealing(logger, 20)
    sealing.start()
    for (let round = 0; round < 2; round++) {
      await world.project()
      for (let tries = 0; tries < 600; tries++) {
        const { upTo, waiting } = await world.inside(sealState)
        if (upTo && waiting === 0) break
        await wait(20)
      }
      const { waiting } = await world.inside(sealState)
      assert.equal(waiting, 0)
    }
    await sealing.stop()
    await world.project()
    await wait(100)
    const { waiting } = await world.inside(sealState)
    assert.isAbove(waiting, 0)
  })
})
