import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { register, World } from '#tests/support/world'

type Details = { name?: string; email?: string | null }

function add(world: World, { name = 'A surveyor', email = null }: Details = {}) {
  return world.inside(() => ExternalResource.add({ name, email }, { name: 'Ada Admin' }))
}

async function rowsOf(world: World) {
  return sql(
    admin(),
    'select * from external_resources where organisation_id = ? order by created_at',
    [world.organisationId]
  )
}

function told({ organisationId }: World) {
  return sql(
    admin(),
    `select action from audit.events
      where organisation_id = ? and entity_type = 'external_resource' order by seq`,
    [organisationId]
  ).then((rows) => rows.map(({ action }) => action))
}

test.group('External people', () => {
  test('are added with a name alone, or with an address', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('admin')
    for (const fields of [
      { name: '  A surveyor ', email: '' },
      { name: 'A diver', email: ' diver@example.test ' },
    ]) {
      const response = await client.post('/externals').as(person).form(fields)
      response.assertStatus(303)
      assert.match(response.header('location')!, /^\/externals\/[0-9a-f-]{36}$/)
    }
    const rows = await rowsOf(world)
    assert.deepEqual(
      rows.map(({ name, email }) => [name, email]),
      [
        ['A surveyor', null],
        ['A diver', 'diver@example.test'],
      ]
    )
    assert.deepEqual(await told(world), Array(2).fill('external_resource.created'))
    const page = await client.get(`/externals/${rows[1].id}`).as(person)
    page.assertStatus(200)
    assert.include(page.text(), 'diver@example.test')
  })

  test('keep a name and an address, whatever else is sent', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('owner')
    const more = { phone: '020 7946 0000', membership_id: person.membershipId, merged_at: 'now' }
    await client
      .post('/externals')
      .as(person)
      .form({ name: 'A surveyor', ...more })
    const [row] = await rowsOf(world)
    assert.deepInclude(row, { membership_id: null, merged_at: null, archived_at: null })
    assert.notInclude(JSON.stringify(row), '7946 0000')
  })

  test('are seen by owners and admins alone', async ({ client, assert }) => {
    const [world, other] = [await World.create(), await World.create('Other')]
    await world.project()
    const { id } = await add(world)
    const ofOne = [
      () => client.get(`/externals/${id}`),
      () => client.put(`/externals/${id}`).form({ name: 'X', lock_version: '1' }),
      () => client.post(`/externals/${id}/archive`),
      () => client.delete(`/externals/${id}/archive`),
    ]
    const ofAll = [
      () => client.get('/externals'),
      () => client.post('/externals').form({ name: 'X' }),
    ]
    for (const request of [...ofAll, ...ofOne]) {
      for (const role of ['pmo', 'auditor', 'manager', 'team'] as const) {
        const response = await request().as(await world.person(role))
        response.assertStatus(403)
      }
    }
    for (const request of ofOne) {
      const response = await request().as(await other.person('owner'))
      response.assertStatus(404)
    }
    const [row] = await rowsOf(world)
    assert.deepInclude(row, { name: 'A surveyor', archived_at: null })
  })

  test('are refused with the reason beside the field: {fault}')
    .with([
      { fault: 'no name', fields: { name: '  ' }, says: 'Enter the person’s name' },
      {
        fault: 'a name of two lines',
        fields: { name: 'A\nsurveyor' },
        says: 'Use one line of plain text',
      },
      {
        fault: 'no address',
        fields: { name: 'A surveyor', email: 'not an address' },
        says: 'Enter an email address, such as name@example.org, or leave this empty',
      },
      {
        fault: 'an address whose domain is cut off',
        fields: { name: 'A surveyor', email: 'a@b' },
        says: 'Enter an email address, such as name@example.org, or leave this empty',
      },
      {
        fault: 'two addresses',
        fields: { name: 'A surveyor', email: 'a@example.test, b@example.test' },
        says: 'Enter an email address, such as name@example.org, or leave this empty',
      },
    ])
    .run(async ({ client, assert }, { fields, says }) => {
      const world = await World.create()
      const response = await client
        .post('/externals')
        .as(await world.person('admin'))
        .accept('json')
        .form(fields)
      response.assertStatus(422)
      assert.deepEqual(
        response.body().errors.map(({ message }: { message: string }) => message),
        [says]
      )
      assert.deepEqual(await rowsOf(world), [])
    })

  test('share no address, with each other or with a member', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('admin')
    const team = await world.person('team')
    await add(world, { name: 'A surveyor', email: 'surveyor@example.test' })
    const gone = await add(world, { name: 'A diver', email: 'diver@example.test' })
    await world.inside(async () => (await ExternalResource.findById(gone.id)).archive())
    for (const [email, says] of [
      ['SURVEYOR@example.test', 'A surveyor has this address already'],
      [
        'diver@example.test',
        'A diver, who is archived, has this address: restore that record instead',
      ],
      [
        team.email.toUpperCase(),
        'team person is a member with this address: give work to the member instead',
      ],
    ]) {
      const response = await client
        .post('/externals')
        .as(person)
        .accept('json')
        .form({ name: 'Twin', email })
      response.assertStatus(422)
      assert.deepInclude(response.body().errors[0], { field: 'email', message: says })
    }
    assert.lengthOf(await rowsOf(world), 2)
    const elsewhere = await World.create('Elsewhere')
    await add(elsewhere, { email: 'surveyor@example.test' })
    assert.lengthOf(await rowsOf(elsewhere), 1)
  })

  test('twenty times at once with one address give one record', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('owner')
    await Promise.all(
      Array.from({ length: 20 }, () =>
        client.post('/externals').as(person).form({ name: 'Twin', email: 'twin@example.test' })
      )
    )
    assert.lengthOf(await rowsOf(world), 1)
    assert.deepEqual(await told(world), ['external_resource.created'])
  })
})

test.group('Changing an external person', () => {
  test('is recorded with both values; saving unchanged records nothing', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const person = await world.person('admin')
    const { id } = await add(world, { name: 'A surveyor', email: 'one@example.test' })
    const save = (fields: object) => client.put(`/externals/${id}`).as(person).form(fields)
    await save({ name: 'A surveyor', email: 'one@example.test', lock_version: '1' })
    await save({ name: 'A senior surveyor', email: 'ONE@example.test', lock_version: '1' })
    const [row] = await rowsOf(world)
    assert.deepInclude(row, { name: 'A senior surveyor', email: 'ONE@example.test' })
    assert.equal(row.lock_version, 2)
    assert.deepEqual(await told(world), ['external_resource.created', 'external_resource.updated'])
    const page = await client.get(`/externals/${id}`).as(person)
    assert.match(page.text(), /admin person<\/b> changed/)
  })

  test('in two tabs overwrites nothing silently', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('admin')
    const { id } = await add(world)
    const base = JSON.stringify({ name: 'A surveyor', email: null })
    await client.put(`/externals/${id}`).as(person).form({ name: 'First', lock_version: '1', base })
    const late = await client
      .put(`/externals/${id}`)
      .as(person)
      .form({ name: 'Second', lock_version: '1', base })
    late.assertStatus(409)
    for (const text of ['First', 'Second', 'Someone else changed this too', 'admin person']) {
      assert.include(late.text(), text)
    }
    assert.equal((await rowsOf(world))[0].name, 'First')
  })

  test('refuses a taken address and goes back to the form', async ({ client, assert }) => {
    const world = await World.create()
    await add(world, { name: 'A diver', email: 'diver@example.test' })
    const { id } = await add(world)
    const response = await client
      .put(`/externals/${id}`)
      .as(await world.person('admin'))
      .form({ name: 'A surveyor', email: 'diver@example.test', lock_version: '1' })
    response.assertStatus(303)
    response.assertHeader('location', `/externals/${id}/edit`)
    assert.deepEqual(
      (await rowsOf(world)).map(({ email }) => email),
      ['diver@example.test', null]
    )
  })

  test('archives and restores, once each', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const person = await world.person('owner')
    const { id } = await add(world)
    await world.inside(() => Task.add(project, { title: 'Survey', externalResourceId: id }))
    const before = await client.get(`/externals/${id}`).as(person)
    assert.include(before.text(), `${project.code}-T1`)
    assert.include(before.text(), 'until someone else is named: 1 open task.')
    const archive = (method: 'post' | 'delete') =>
      client[method](`/externals/${id}/archive`).as(person)
    for (let times = 0; times < 2; times++) await archive('post')
    assert.isNotNull((await rowsOf(world))[0].archived_at)
    assert.deepEqual(await world.inside(() => ExternalResource.choices()), [])
    for (let times = 0; times < 2; times++) await archive('delete')
    assert.isNull((await rowsOf(world))[0].archived_at)
    assert.deepEqual(await told(world), [
      'external_resource.created',
      'external_resource.archived',
      'external_resource.restored',
    ])
  })
})

test.group('The list of external people', () => {
  test('is searched, filtered and paged by name, each once', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('owner')
    await world.inside(async () => {
      for (let n = 0; n < 60; n++) {
        await ExternalResource.add({ name: `Person ${n % 7}`, email: null }, { name: 'Ada' })
      }
    })
    const { id } = await add(world, { name: 'Zoë Archived', email: 'zoe%@example.test' })
    await world.inside(async () => (await ExternalResource.findById(id)).archive())
    const seen: string[] = []
    let [path, pages]: [string | undefined, number] = ['/externals', 0]
    while (path && pages++ < 5) {
      const html: string = (await client.get(path).as(person)).text()
      seen.push(
        ...[...html.matchAll(/row-title" href="\/externals\/([^"]+)"/g)].map(([, one]) => one)
      )
      path = html.match(/href="(\/externals\?after=[^"]+)"/)?.[1]
    }
    assert.equal(pages, 2)
    assert.lengthOf(new Set(seen), 61)
    assert.lengthOf(seen, 61)
    const found = async (query: string) =>
      (await client.get(`/externals?${query}`).as(person)).text().includes(id)
    assert.isTrue(await found('q=zOË'))
    assert.isTrue(await found('q=zóe'))
    assert.isTrue(await found('q=zoe%25'))
    assert.isFalse(await found('q=%25%25'))
    assert.isTrue(await found('state=archived&after=nonsense'))
    assert.isFalse(await found('state=active'))
  })

  test('takes as many queries for many people as for few', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('owner')
    const visit = () => client.get('/externals').as(person)
    await add(world)
    await visit()
    const few = await countQueries(visit)
    for (let n = 0; n < 20; n++) await add(world)
    assert.equal(await countQueries(visit), few)
  })
})

test.group('External people as choices', () => {
  test('include only active people, and the present choice', async ({ assert }) => {
    const world = await World.create()
    const [here, gone] = [await add(world, { name: 'Here' }), await add(world, { name: 'Gone' })]
    const account = await register('other')
    await world.join(account)
    await world.inside(async () => {
      await (await ExternalResource.findById(gone.id)).archive()
      assert.deepEqual(await ExternalResource.choices([null, here.id]), [
        { id: here.id, name: 'Here' },
      ])
      assert.deepEqual(await ExternalResource.choices([gone.id]), [
        { id: here.id, name: 'Here' },
        { id: gone.id, name: 'Gone (no longer offered)' },
      ])
      assert.deepEqual(
        [...(await ExternalResource.assignable([here.id, gone.id, undefined]))],
        [here.id]
      )
    })
  })
})
