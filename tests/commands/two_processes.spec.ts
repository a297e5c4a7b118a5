import { test } from '@japa/runner'
import logger from '@adonisjs/core/services/logger'
import { sealState } from '#audit/seal_state'
import { enqueue } from '#jobs/enqueue'
import type { Jobs } from '#jobs/index'
import { Worker } from '#jobs/worker'
import { limits } from '#registries/limits'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { eventually } from '#tests/support/eventually'
import { headersOf } from '#tests/support/session_headers'
import { WebProcess } from '#tests/support/web_process'
import { World } from '#tests/support/world'

const ITEM = { type: 'issue', issue_kind: 'problem_concern', status: 'open' }

test.group('Two web processes on one database', (group) => {
  let webs: WebProcess[]

  group.setup(async () => {
    const env = { RATE_LIMITS: 'on', STOP_NOTICE_SECONDS: '4', WORKER_IN_PROCESS: '' }
    webs = await Promise.all([WebProcess.start(env), WebProcess.start(env)])
    return async () => {
      for (const web of webs) web.signal('SIGKILL')
      await Promise.all(webs.map(({ ended }) => ended))
    }
  })

  test('share sessions, limits, and numbers; each sees at once what the other wrote', async ({
    assert,
  }) => {
    const [one, other] = webs
    const world = await World.create()
    const project = await world.project()
    const headers = await headersOf(await world.person('manager'))
    const log = `/projects/${project.id}/raid`

    const writes = Array.from({ length: 6 }, (_, place) =>
      webs[place % 2].ask(log, headers, { ...ITEM, title: `Issue ${place}` })
    )
    for (const answer of await Promise.all(writes)) assert.equal(answer.status, 303)
    const seen = await Promise.all(
      webs.map(async (web) => (await web.ask(`${log}?type=issue`, headers)).text())
    )
    for (let place = 0; place < 6; place++) {
      for (const page of seen) assert.include(page, `Issue ${place}`)
    }
    const numbers = await sql<{ number: number }>(
      admin(),
      'select number from raid_items where organisation_id = ? order by number',
      [world.organisationId]
    )
    assert.deepEqual(
      numbers.map(({ number }) => number),
      [1, 2, 3, 4, 5, 6]
    )

    const statuses: number[] = []
    for (let place = 0; place <= limits.feedback.requests; place++) {
      const answer = await webs[place % 2].ask('/feedback', headers, { message: '' })
      statuses.push(answer.status)
    }
    assert.deepEqual(
      statuses.map((status) => status === 429),
      [...Array.from({ length: limits.feedback.requests }, () => false), true]
    )

    const out = await one.ask('/session?_method=DELETE', headers, {})
    assert.oneOf(out.status, [302, 303])
    const after = await other.ask(log, headers)
    assert.notEqual(after.status, 200, 'the session ended for both')
  })

  test('one that is told to stop says so, answers what is under way, and ends', async ({
    assert,
  }) => {
    const [stopped, other] = webs
    const world = await World.create()
    const project = await world.project()
    const headers = await headersOf(await world.person('manager'))
    const log = `/projects/${project.id}/raid`

    const block = await admin().transaction()
    await sql(block, 'lock table raid_items in share row exclusive mode')
    const slow = stopped.ask(log, headers, { ...ITEM, title: 'Written in time' })
    await eventually(async () => (await waiting()) > 0)
    stopped.signal('SIGTERM')
    await eventually(async () => (await stopped.ask('/health/ready')).status === 503)
    const last = await stopped.ask('/health/live')
    assert.equal(last.status, 200)
    assert.equal(last.headers.get('connection'), 'close')
    await block.rollback()

    const answer = await slow
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('connection'), 'close')
    assert.equal(await stopped.ended, 0)
    const page = await other.ask(answer.headers.get('location')!, headers)
    assert.include(await page.text(), 'Written in time')
  })
})

test.group('Two workers on one database', () => {
  test('run each job once, and seal together', async ({ assert }) => {
    const world = await World.create()
    const done: number[] = []
    const run: Jobs[string]['run'] = ({ place }) => {
      if (Tenancy.current().organisationId === world.organisationId) done.push(Number(place))
    }
    const registry: Jobs = { rate_issues: { scope: 'organisation', run } }
    const workers = [new Worker(logger, registry), new Worker(logger, registry)]
    await Promise.all(workers.map((worker) => worker.start()))
    const places = Array.from({ length: 40 }, (_, place) => place)
    await world.inside(async () => {
      for (const place of places) {
        await enqueue(Tenancy.current().trx, 'rate_issues', { place })
      }
    })
    await world.project()
    await eventually(async () => done.length >= places.length)
    await eventually(async () => (await world.inside(sealState)).waiting === 0)
    await Promise.all(workers.map((worker) => worker.stop()))
    assert.sameMembers(done, places)
    assert.lengthOf(done, places.length)
  })
})

/** How many connections wait for somebody else's lock on the items. */
async function waiting() {
  const rows = await sql(
    admin(),
    `select pid from pg_locks where not granted and relation = 'raid_items'::regclass`
  )
  return rows.length
}
