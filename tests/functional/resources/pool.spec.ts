import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { newSecret } from '#models/api_token/secret'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { unescaped } from '#tests/support/html'
import { headersOf } from '#tests/support/session_headers'
import { World } from '#tests/support/world'

const PATIENCE = 100
const ISSUE = { type: 'issue', issue_kind: 'problem_concern', title: 'Late', status: 'open' }
const HERE = { origin: process.env.APP_URL! }

type Fields = string[][] | Record<string, string>

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

  function ask(path: string, fields?: Fields, from: Record<string, string> = {}) {
    return fetch(`http://${process.env.HOST}:${process.env.PORT}${path}`, {
      redirect: 'manual',
      headers: { ...headers, ...from },
      ...(fields && { method: 'POST', body: new URLSearchParams(fields as any) }),
    })
  }

  test('a page says so in words, with when to come back and by what number to ask', async ({
    assert,
  }) => {
    const answer = await ask(raid)
    const text = await answer.text()
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('retry-after'), '10')
    assert.include(text, 'Orchestrate is not available')
    assert.match(text, /quote this number when you contact us: <code>[\w-]{20,}<\/code>/)
    assert.notMatch(text, /Knex|Timeout acquiring|node_modules|\.ts:\d/)
  })

  test('a fragment gives way to the whole page, even if nobody is recognised', async ({
    assert,
  }) => {
    const part = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#list' }
    const answer = await ask(raid, undefined, part)
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('hx-retarget'), 'body')
  })

  test('a form is refused as a whole, and goes through once one is free', async ({ assert }) => {
    const refused = await ask(raid, ISSUE)
    assert.equal(refused.status, 503)
    assert.equal(refused.headers.get('retry-after'), '10')
    giveBack()
    assert.equal(await items(), 0)
    const again = await ask(raid, ISSUE)
    assert.equal(again.status, 303)
    assert.match(again.headers.get('location')!, /\/raid\/[0-9a-f-]{36}$/)
    assert.equal(await items(), 1)
  })

  test('a form can be sent again from the page that says so, and takes effect once', async ({
    assert,
  }) => {
    const fields = [
      ...Object.entries({ ...ISSUE, title: 'Late <& "quoted"', _once: randomUUID() }),
      ['reader_ids[]', ''],
      ['reader_ids[]', ''],
    ]
    const refused = await (await ask(raid, fields, HERE)).text()
    assert.include(refused, `<form method="post" action="${raid}"`)
    assert.include(refused, 'Send it again')
    const kept = hiddenFields(refused)
    assert.sameDeepMembers(kept, fields)
    giveBack()
    const locations = []
    for (let time = 0; time < 2; time++) {
      const answer = await ask(raid, kept, HERE)
      assert.equal(answer.status, 303)
      locations.push(answer.headers.get('location'))
    }
    assert.equal(locations[0], locations[1])
    assert.equal(await items(), 1)
  })

  test('nothing is sent again in the name of another site, nor a page or a file', async ({
    assert,
  }) => {
    const offered = async (...given: Parameters<typeof ask>) => {
      const page = await (await ask(...given)).text()
      assert.include(page, 'Orchestrate is not available')
      return page.includes('Send it again')
    }
    const entries = Object.entries(ISSUE)
    assert.isTrue(await offered(raid, entries, { 'sec-fetch-site': 'same-origin' }))
    assert.isFalse(await offered(raid, entries, { origin: 'https://elsewhere.example' }))
    assert.isFalse(await offered(raid, entries))
    assert.isFalse(await offered(raid, undefined, HERE))
  })

  test('a program gets the same as a problem document', async ({ assert }) => {
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

function hiddenFields(html: string) {
  return [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
    ([, name, value]) => [unescaped(name), unescaped(value)]
  )
}
