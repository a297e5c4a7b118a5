import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { ownToken } from '#tests/support/tokens'
import { World, type Person } from '#tests/support/world'

test.group('API: idempotency keys', (group) => {
  let project: Project
  let manager: Person
  group.setup(async () => {
    const world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
  })

  const add = (client: ApiClient, key: string, title: string) =>
    client
      .post(`/api/v1/projects/${project.id}/tasks`)
      .withTokenOf(manager)
      .header('idempotency-key', key)
      .json({ title, assignee: manager.membershipId })

  const countOf = async (title: string) =>
    (await sql(admin(), 'select id from tasks where title = ?', [title])).length

  test('make a repeated request take effect once, with the same answer', async ({
    assert,
    client,
  }) => {
    const first = await add(client, 'one', 'Done once')
    first.assertStatus(201)
    const second = await add(client, 'one', 'Done once')
    second.assertStatus(201)
    assert.deepEqual(second.body(), first.body())
    for (const name of ['location', 'etag']) assert.equal(second.header(name), first.header(name))
    assert.equal(second.header('idempotency-replayed'), 'true')
    assert.equal(await countOf('Done once'), 1)
  })

  test('make two at once take effect once', async ({ assert, client }) => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => add(client, 'at-once', 'Done at once'))
    )
    for (const answer of answers) answer.assertStatus(201)
    assert.lengthOf(new Set(answers.map((answer) => answer.body().id)), 1)
    assert.equal(await countOf('Done at once'), 1)
  })

  test('are refused for another request', async ({ assert, client }) => {
    await add(client, 'reused', 'As sent first')
    const other = await add(client, 'reused', 'As sent later')
    other.assertStatus(422)
    assert.match(other.body().type, /#key_reused$/)
    assert.equal(await countOf('As sent later'), 0)
  })

  test('are free again after a refusal', async ({ client }) => {
    const refused = await add(client, 'mended', '')
    refused.assertStatus(422)
    const mended = await add(client, 'mended', 'Mended')
    mended.assertStatus(201)
  })

  test('are free again after a day', async ({ assert, client }) => {
    const first = await add(client, 'daily', 'Every day')
    await sql(admin(), `update api_replies set created_at = now() - interval '25 hours'`)
    const second = await add(client, 'daily', 'Every day')
    assert.notEqual(second.body().id, first.body().id)
  })

  test('belong to one token', async ({ assert, client }) => {
    const first = await add(client, 'shared', 'By either')
    const other = await client
      .post(`/api/v1/projects/${project.id}/tasks`)
      .header('authorization', `Bearer ${await ownToken(manager)}`)
      .header('idempotency-key', 'shared')
      .json({ title: 'By either', assignee: manager.membershipId })
    other.assertStatus(201)
    assert.notEqual(other.body().id, first.body().id)
  })

  test('keep the answer sealed', async ({ assert, client }) => {
    await add(client, 'sealed', 'A canary title')
    const rows = await sql(admin(), 'select body from api_replies where body is not null')
    assert.isNotEmpty(rows)
    for (const { body } of rows) assert.notInclude(body, 'canary')
  })
  test('are short and plain', async ({ client }) => {
    for (const key of ['a'.repeat(201), 'two words']) {
      const response = await add(client, key, 'Never')
      response.assertStatus(400)
    }
  })
})
