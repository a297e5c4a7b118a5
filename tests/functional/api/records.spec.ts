import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import TaskPredecessor from '#models/task_predecessor'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { openSession, World, type Person } from '#tests/support/world'
import { SESSION_COOKIE } from '#config/session'
import { ORGANISATION_COOKIE } from '#identity/organisation_choice'

test.group('API', (group) => {
  let world: World
  let project: Project
  let manager: Person
  let home: string
  group.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    home = `/api/v1/projects/${project.id}`
  })

  const raise = (attributes: Partial<RaidItem> = {}) =>
    world.inside(
      () =>
        RaidItem.raise(project, {
          type: 'risk',
          nature: 'threat',
          title: 'Tide gate leaks',
          ...attributes,
        }),
      manager
    )

  test('answers to no cookie, sets none and opens no session', async ({ assert, client }) => {
    const { id } = await openSession(manager)
    const [before] = await sql(admin(), 'select count(*) from sessions')
    const response = await client
      .get('/api/v1/projects')
      .withEncryptedCookie(SESSION_COOKIE, id)
      .withCookie(ORGANISATION_COOKIE, world.organisationId)
    response.assertStatus(401)
    const answered = await client.get('/api/v1/projects').withTokenOf(manager)
    answered.assertStatus(200)
    for (const answer of [response, answered]) assert.isUndefined(answer.header('set-cookie'))
    const [after] = await sql(admin(), 'select count(*) from sessions')
    assert.deepEqual(after, before)
  })

  test('reports problems as RFC 9457 defines, even where there is no route', async ({
    assert,
    client,
  }) => {
    const response = await client.get('/api/v1/nothing').withTokenOf(manager)
    response.assertStatus(404)
    assert.include(response.header('content-type'), 'application/problem+json')
    const { type, title, status, detail } = response.body()
    assert.match(type, /\/api#not_found$/)
    assert.deepEqual({ title, status }, { title: 'Not found', status: 404 })
    assert.isString(detail)
  })

  test('points at the fields that do not fit, and changes nothing', async ({ assert, client }) => {
    const response = await client
      .post(`${home}/raid`)
      .withTokenOf(manager)
      .json({ type: 'risk', nature: 'danger', due_on: '2026-02-31' })
    response.assertStatus(422)
    const pointers = response.body().errors.map(({ pointer }: { pointer: string }) => pointer)
    assert.sameMembers(pointers, ['#/title', '#/nature', '#/due_on'])
  })

  test('replaces half of a surrogate pair', async ({ assert, client }) => {
    const title = 'Half a face \ud83d'
    const made = await client
      .post(`${home}/raid`)
      .withTokenOf(manager)
      .json({ type: 'risk', nature: 'threat', title })
    made.assertStatus(201)
    const again = await client.get(`${home}/raid/${made.body().id}`).withTokenOf(manager)
    assert.equal(again.body().title, 'Half a face \ufffd')
  })

  test('accepts JSON only', async ({ client }) => {
    const response = await client
      .post(`${home}/raid`)
      .withTokenOf(manager)
      .form({ type: 'risk', nature: 'threat', title: 'By form' })
    response.assertStatus(415)
  })

  test('reports what cannot be read as JSON', async ({ assert, client }) => {
    const response = await client
      .post(`${home}/raid`)
      .withTokenOf(manager)
      .header('content-type', 'application/json')
      .json('{"title":' as any)
    assert.oneOf(response.status(), [400, 422])
    assert.include(response.header('content-type'), 'application/problem+json')
  })

  test('raises an entry and answers with its address', async ({ assert, client }) => {
    const body = { type: 'risk', nature: 'threat', title: 'Pile refuses', current_likelihood: 4 }
    const made = await client
      .post(`${home}/raid`)
      .withTokenOf(manager)
      .json({ ...body, current_impact: 5 })
    made.assertStatus(201)
    assert.equal(made.body().current_score, 20)
    assert.equal(made.body().created_by, manager.membershipId)
    const read = await client.get(made.header('location')!).withTokenOf(manager)
    assert.deepEqual(read.body(), made.body())
    assert.equal(read.header('etag'), '"1"')
    const unchanged = await client
      .get(made.header('location')!)
      .withTokenOf(manager)
      .header('if-none-match', '"1"')
    unchanged.assertStatus(304)
  })

  test('answers a change with the record, whatever the client knew before', async ({
    assert,
    client,
  }) => {
    const item = await raise({})
    const changed = await client
      .patch(`${home}/raid/${item.id}`)
      .withTokenOf(manager)
      .header('if-match', '"1"')
      .header('if-none-match', '*')
      .json({ title: 'Tide gate is tight' })
    changed.assertStatus(200)
    assert.equal(changed.body().title, 'Tide gate is tight')
  })

  test('changes what the body names and leaves the rest', async ({ assert, client }) => {
    const item = await raise({ cause: 'Rust', dueOn: '2027-01-31' })
    const response = await client
      .patch(`${home}/raid/${item.id}`)
      .withTokenOf(manager)
      .header('if-match', '"1"')
      .json({ title: 'Tide gate leaks badly' })
    response.assertStatus(200)
    const { title, cause, due_on: dueOn, lock_version: version } = response.body()
    assert.deepEqual(
      { title, cause, dueOn, version },
      { title: 'Tide gate leaks badly', cause: 'Rust', dueOn: '2027-01-31', version: 2 }
    )
    assert.equal(response.header('etag'), '"2"')
  })

  test('refuses an unknown field, and accepts a record as it was read', async ({
    assert,
    client,
  }) => {
    const item = await raise()
    const task = await world.inside(() =>
      Task.add(project, { title: 'Grease', assigneeId: manager.membershipId })
    )
    for (const path of [`raid/${item.id}`, `tasks/${task.id}`, '']) {
      const at = `${home}/${path}`
      const change = (body: object) =>
        client.patch(at).withTokenOf(manager).header('if-match', '*').json(body)
      const refused = await change({ tittle: 'Misspelt' })
      refused.assertStatus(422)
      assert.deepEqual(refused.body().errors, [
        { pointer: '#/tittle', detail: 'There is no such field' },
      ])
      const read = (await client.get(at).withTokenOf(manager)).body()
      ;(await change(read)).assertStatus(200)
    }
    for (const [path, body] of Object.entries({
      raid: { type: 'issue', title: 'Leak', issue_kind: 'request_for_change', due: '2027-01-31' },
      tasks: { title: 'Grease', due: '2027-01-31' },
    })) {
      const refused = await client.post(`${home}/${path}`).withTokenOf(manager).json(body)
      refused.assertStatus(422)
      assert.include(JSON.stringify(refused.body()), '#/due')
    }
  })

  test('refuses a change of another version: {name}')
    .with([
      { name: 'by tag', headers: { 'if-match': '"7"' }, body: {}, status: 412 },
      { name: 'by a tag of others', headers: { 'if-match': 'W/"x"' }, body: {}, status: 412 },
      { name: 'by number', headers: {}, body: { lock_version: 7 }, status: 409 },
      { name: 'by neither', headers: {}, body: {}, status: 428 },
    ])
    .run(async ({ assert, client }, { headers, body, status }) => {
      const item = await raise()
      const task = await world.inside(() =>
        Task.add(project, { title: 'Grease', assigneeId: manager.membershipId })
      )
      for (const path of [`raid/${item.id}`, `tasks/${task.id}`, '']) {
        const request = client.patch(`${home}/${path}`).withTokenOf(manager)
        for (const [name, value] of Object.entries(headers)) request.header(name, value)
        const change = path ? { title: 'Another' } : { name: 'Another' }
        const response = await request.json({ ...body, ...change })
        response.assertStatus(status)
      }
      const fresh = await world.inside(() => RaidItem.findOrFail(item.id))
      assert.equal(fresh.title, 'Tide gate leaks')
    })

  test('lists what a task waits for, as far as the reader may see it', async ({
    assert,
    client,
  }) => {
    const [task, before, hidden] = await world.inside(async () => {
      const assigneeId = manager.membershipId
      const kept = { sensitivity: 'named_people', title: 'Kept' } as const
      const item = await RaidItem.raise(project, { type: 'risk', nature: 'threat', ...kept })
      const added = [
        await Task.add(project, { title: 'Grease', assigneeId }),
        await Task.add(project, { title: 'Buy grease', assigneeId }),
        await Task.add(project, { title: 'Answers it', assigneeId, raidItemId: item.id }),
      ] as const
      for (const earlier of added.slice(1)) await TaskPredecessor.join(added[0], earlier)
      return added
    }, manager)
    const waitsFor = async (person: Person, path: string) => {
      const { body } = { body: (await client.get(path).withTokenOf(person)).body() }
      return (body.data ?? [body]).find(({ id }: { id: string }) => id === task.id).waits_for
    }
    const told = ({ id, ref }: Task) => ({ id, ref })
    const viewer = await world.person('viewer')
    for (const path of [`${home}/tasks/${task.id}`, `${home}/tasks`, '/api/v1/tasks']) {
      assert.deepEqual(await waitsFor(manager, path), [told(before), told(hidden)], path)
      assert.deepEqual(await waitsFor(viewer, path), [told(before)], path)
    }
  })

  test('moves a status by its own address only', async ({ assert, client }) => {
    const item = await raise()
    const path = `${home}/raid/${item.id}`
    const refused = await client
      .patch(path)
      .withTokenOf(manager)
      .json({ status: 'treating', lock_version: 1 })
    refused.assertStatus(422)
    assert.equal(refused.body().errors[0].pointer, '#/status')
    const moved = await client
      .put(`${path}/status`)
      .withTokenOf(manager)
      .json({ status: 'treating', lock_version: 1 })
    moved.assertStatus(200)
    assert.equal(moved.body().status, 'treating')
    const impossible = await client
      .put(`${path}/status`)
      .withTokenOf(manager)
      .json({ status: 'invalidated', lock_version: 2 })
    impossible.assertStatus(422)
  })

  test('does not tell of an entry that its reader may not see', async ({ assert, client }) => {
    const secret = await raise({ sensitivity: 'named_people', title: 'Only for its readers' })
    const viewer = await world.person('viewer')
    const response = await client.get(`${home}/raid/${secret.id}`).withTokenOf(viewer)
    response.assertStatus(404)
    const list = await client.get(`${home}/raid`).withTokenOf(viewer)
    assert.notInclude(list.text(), 'Only for its readers')
  })

  test('pages through a list by cursor, each record once', async ({ assert, client }) => {
    for (let count = 0; count < 5; count++) await raise({ type: 'decision', nature: null } as any)
    const ids = await idsOfPages(client, manager, `${home}/raid?type=decision&per_page=2`)
    assert.lengthOf(ids, 5)
    assert.lengthOf(new Set(ids), 5)
    const mangled = await client.get(`${home}/raid?cursor=nonsense`).withTokenOf(manager)
    mangled.assertStatus(422)
  })

  test('names the token in the audit trail', async ({ assert, client }) => {
    const made = await client
      .post(`${home}/tasks`)
      .withTokenOf(manager)
      .json({ title: 'Order grease', assignee: manager.membershipId })
    made.assertStatus(201)
    const [{ facts, actor_ref: actor }] = await sql(
      admin(),
      'select facts, actor_ref from audit.events where entity_id = ? and action = ?',
      [made.body().id, 'task.created']
    )
    const [token] = await sql(admin(), 'select id from api_tokens where membership_id = ?', [
      manager.membershipId,
    ])
    assert.deepEqual(
      { token: facts.token, actor },
      { token: token.id, actor: manager.membershipId }
    )
  })

  test('begins a report and writes its draft', async ({ assert, client }) => {
    const made = await client
      .post(`${home}/reports`)
      .withTokenOf(manager)
      .json({ period_start_on: '2026-10-01', period_end_on: '2026-10-31' })
    made.assertStatus(201)
    const changed = await client
      .patch(made.header('location')!)
      .withTokenOf(manager)
      .header('if-match', made.header('etag')!)
      .json({
        summary: 'On the way',
        ratings: [{ dimension: 'overall', rating: 'amber', reason: 'Late piles' }],
        decisions: [{ what: 'Order a second rig', due_on: '2026-12-01' }],
      })
    changed.assertStatus(200)
    const { summary, ratings, decisions, state } = changed.body()
    assert.deepInclude(
      ratings.find(({ dimension }: any) => dimension === 'overall'),
      { rating: 'amber', reason: 'Late piles' }
    )
    assert.deepEqual(
      { summary, state, first: decisions[0].what },
      { summary: 'On the way', state: 'draft', first: 'Order a second rig' }
    )
    const open = await client.get(`${home}/reports?state=open`).withTokenOf(manager)
    assert.equal(open.body().data[0].id, made.body().id)
    const viewer = await client
      .get(`${home}/reports?state=open`)
      .withTokenOf(await world.person('viewer'))
    assert.deepEqual(viewer.body().data, [])
  })

  test('shows no member’s address', async ({ assert, client }) => {
    const owner = await world.person('owner')
    const list = await client.get('/api/v1/members').withTokenOf(owner)
    list.assertStatus(200)
    assert.notInclude(list.text(), '@example.test')
    assert.isNotEmpty(list.body().data)
  })

  test('says whom the token acts for', async ({ assert, client }) => {
    const response = await client.get('/api/v1/token').withTokenOf(manager)
    assert.deepInclude(response.body(), {
      kind: 'member',
      membership_id: manager.membershipId,
      organisation_id: world.organisationId,
    })
  })
})

async function idsOfPages(client: ApiClient, person: Person, first: string) {
  const ids: string[] = []
  for (let path: string | null = first; path;) {
    const response = await client.get(path).withTokenOf(person)
    ids.push(...response.body().data.map(({ id }: { id: string }) => id))
    const next: string | null = response.body().next_cursor
    path = next ? `${first}&cursor=${next}` : null
  }
  return ids
}
