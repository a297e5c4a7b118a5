import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { register, World, type Person } from '#tests/support/world'

async function rename({ userId }: { userId: string }, name: string) {
  await sql(admin(), 'update users set name = ? where id = ?', [name, userId])
}

async function setUp() {
  const world = await World.create()
  const project = await world.project({ visibility: 'members' })
  const people = {
    manager: await world.person('manager'),
    ana: await world.person('team'),
    bea: await world.person('viewer'),
    stranger: await world.person('stranger'),
  }
  await rename(people.manager, 'Mona Manager')
  await rename(people.ana, 'Ana Ruiz')
  await rename(people.bea, 'Bea Analyst')
  await rename(people.stranger, 'Anatol Outside')
  return { world, project, path: `/projects/${project.id}/mentions`, ...people }
}

async function offered(client: ApiClient, path: string, person: Person, q?: unknown) {
  const answer = await client
    .get(path)
    .as(person)
    .qs(q === undefined ? {} : { q })
  answer.assertStatus(200)
  return answer.body().people as string[]
}

test.group('Names offered behind an @', () => {
  test('are of those who may see the project, by the beginning of any word', async ({
    assert,
    client,
  }) => {
    const { path, manager } = await setUp()
    const ask = (q?: unknown) => offered(client, path, manager, q)
    assert.includeMembers(await ask(), ['Ana Ruiz', 'Bea Analyst'])
    assert.deepEqual(await ask('an'), ['Ana Ruiz', 'Bea Analyst'])
    assert.deepEqual(await ask('Ana  R'), ['Ana Ruiz'])
    assert.deepEqual(await ask('ána'), ['Ana Ruiz', 'Bea Analyst'])
    assert.deepEqual(await ask('uiz'), [])
    assert.deepEqual(await ask('Mona'), [], 'nobody tells themselves')
    for (const strange of ['%', '_', '\u0000', '\ud800', 'x'.repeat(5000), ['an'], { a: 1 }]) {
      assert.isArray(await ask(strange))
    }
  })

  test('leave out who left, and a name that two people bear', async ({ assert, client }) => {
    const { world, path, manager, ana, bea } = await setUp()
    const twin = await world.join(await register('twin'), 'pmo')
    await rename(twin, 'ana ruiz')
    assert.deepEqual(await offered(client, path, manager, 'ana'), ['Bea Analyst'])
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [twin.membershipId])
    assert.deepEqual(await offered(client, path, manager, 'ana r'), ['Ana Ruiz'])
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [bea.membershipId])
    assert.deepEqual(await offered(client, path, ana, 'bea'), [])
  })

  test('are at most eight', async ({ assert, client }) => {
    const { world, path, manager } = await setUp()
    for (let count = 0; count < 9; count += 1) {
      await rename(await world.join(await register(`many${count}`), 'pmo'), `Zoe Number${count}`)
    }
    const found = await offered(client, path, manager, 'zoe')
    assert.lengthOf(found, 8)
    assert.deepEqual(found, found.toSorted())
  })

  test('are offered on a task to its assignee, and to nobody else who may not comment', async ({
    assert,
    client,
  }) => {
    const { world, project, ana, bea, stranger } = await setUp()
    const other = await world.person('auditor')
    const { id } = await world.inside(
      () => Task.add(project, { title: 'Dredge', assigneeId: bea.membershipId }),
      ana
    )
    const path = `/projects/${project.id}/tasks/${id}/mentions`
    assert.deepEqual(await offered(client, path, bea, 'an'), ['Ana Ruiz'])
    assert.deepEqual(await offered(client, path, ana, 'be'), ['Bea Analyst'])
    const page = await client.get(path.replace('/mentions', '')).as(bea)
    page.assertTextIncludes(`data-mentions="${path}"`)
    const elsewhere = await (await World.create()).person('owner')
    for (const [person, status] of [
      [other, 403],
      [stranger, 404],
      [elsewhere, 404],
    ] as const) {
      const answer = await client.get(path).as(person).qs({ q: 'ana' })
      answer.assertStatus(status)
    }
  })

  test('are refused to those who may not comment, and do not exist for strangers', async ({
    client,
  }) => {
    const { path, bea, stranger } = await setUp()
    const elsewhere = await (await World.create()).person('owner')
    for (const [person, status] of [
      [bea, 403],
      [stranger, 404],
      [elsewhere, 404],
    ] as const) {
      const answer = await client.get(path).as(person).qs({ q: 'ana' })
      answer.assertStatus(status)
    }
    const visitor = await client.get(path).redirects(0)
    visitor.assertStatus(303)
  })
})
