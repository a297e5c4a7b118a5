import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { newSecret } from '#models/api_token/secret'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { headersOf } from '#tests/support/session_headers'
import { World } from '#tests/support/world'

const PATIENCE = 100

test.group('When every connection to the database is taken', (group) => {
  let world: World
  let headers: Record<string, string>
  let raid: string
  let giveBack: () => void

  group.each.setup(async () => {
    world = await World.create()
    const project = await world.project()
    headers = await headersOf(await world.person('manager'))
    raid = `/projects/${project.id}/raid`
    giveBack = await takeAll()
    return giveBack
  })

  function ask(path: string, fields?: Record<string, string>) {
    return fetch(`http://${process.env.HOST}:${process.env.PORT}${path}`, {
      redirect: 'manual',
      headers,
      ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
    })
  }

  test('a page says so in words, with when to come back and by what number to ask', async ({
    assert,
  }) => {
    const answer = await ask(raid)
    const text = await answer.text()
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('retry-after'), '10')
    assert.include(text, 'Back in a moment')
    assert.match(text, /tell us this number: <code>[\w-]{20,}<\/code>/)
    assert.notMatch(text, /Knex|Timeout acquiring|node_modules|\.ts:\d/)
  })

  test('a form is refused as a whole, and goes through once one is free', async ({ assert }) => {
    const fields = { type: 'issue', issue_kind: 'problem_concern', title: 'Late', status: 'open' }
    const refused = await ask(raid, fields)
    assert.equal(refused.status, 503)
    assert.equal(refused.headers.get('retry-after'), '10')
    giveBack()
    assert.equal(await items(), 0)
    const again = await ask(raid, fields)
    assert.equal(again.status, 303)
    assert.match(again.headers.get('location')!, /\/raid\/[0-9a-f-]{36}$/)
    assert.equal(await items(), 1)
  })

  test('a program is told the same as a problem', async ({ assert }) => {
    const authorization = `Bearer ${newSecret('personal').secret}`
    const answer = await fetch(`http://${process.env.HOST}:${process.env.PORT}/api/v1/projects`, {
      headers: { authorization },
    })
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('retry-after'), '10')
    assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/)
  })

  test('the process lives, is not ready, and is ready again by itself', async ({ assert }) => {
    headers = {}
    assert.equal((await ask('/health/live')).status, 200)
    assert.equal((await ask('/health/ready')).status, 503)
    giveBack()
    assert.equal((await ask('/health/ready')).status, 200)
  })

  async function items() {
    const rows = await sql(admin(), 'select id from raid_items where organisation_id = ?', [
      world.organisationId,
    ])
    return rows.length
  }
})

/** Holds them as slow transactions would. Answers what gives them back, once. */
async function takeAll() {
  const { pool } = (db.connection('app').getWriteClient() as any).client
  const patience = pool.acquireTimeoutMillis
  const held = await Promise.all(Array.from({ length: pool.max }, () => pool.acquire().promise))
  pool.acquireTimeoutMillis = PATIENCE
  return () => {
    pool.acquireTimeoutMillis = patience
    for (const connection of held.splice(0)) pool.release(connection)
  }
}
