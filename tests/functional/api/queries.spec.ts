import { test } from '@japa/runner'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { World, type Person } from '#tests/support/world'

test.group('API: what a list is asked', (group) => {
  let world: World
  let project: Project
  let manager: Person
  let owner: Person
  let home: string
  group.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    owner = await world.person('owner')
    home = `/api/v1/projects/${project.id}`
  })

  const raise = (title: string) =>
    world.inside(() => RaidItem.raise(project, { type: 'risk', nature: 'threat', title }), manager)

  test('refuses what a list would otherwise ignore: {$self}')
    .with([
      'raid?type=risks',
      'raid?stauts=open',
      'raid?type=issue&status=treating',
      'raid?type=issue&band=high',
      'raid?type=issue&nature=threat',
      'raid?type=risk&priority=high',
      'raid?type=issue&kind=complaint',
      'raid?type=dependency&flow=up',
      'raid?category=weather',
      'raid?owner=ATLAS',
      'raid?sort=newest',
      'raid?per_page=1000',
      'raid?since=2026-01-31',
      'raid?since=2026-01-31T09:00:00',
      'raid?status=open&status=closed',
      'tasks?status=open',
      'tasks?assignee=none',
      'tasks?since=yesterday',
      'reports?state=published',
      'audit-events?what=raid.created',
      'audit-events?what=constructor',
      'audit-events?from=2026-02-31',
    ])
    .run(async ({ assert, client }, query) => {
      const response = await client.get(`${home}/${query}`).withTokenOf(owner)
      response.assertStatus(422)
      const [{ parameter, detail }] = response.body().errors
      assert.include(query, `${parameter}=`)
      assert.isNotEmpty(detail)
    })

  test('lists what changed since a moment, earliest first', async ({ assert, client }) => {
    const before = await raise('Known already')
    const next = await raise('Not known yet')
    const asked = `${home}/raid?sort=updated&since=${before.updatedAt.plus(1).toUTC().toISO()}`
    const first = await client.get(asked).withTokenOf(manager)
    assert.deepEqual(idsIn(first), [next.id])
    await client
      .patch(`${home}/raid/${before.id}`)
      .withTokenOf(manager)
      .header('if-match', '"1"')
      .json({ title: 'Known, and changed' })
    const second = await client.get(asked).withTokenOf(manager)
    assert.deepEqual(idsIn(second), [next.id, before.id])
    const page = await client.get(`${asked}&per_page=1`).withTokenOf(manager)
    assert.include(page.header('link'), 'since=')
    const last = await client.get(linked(page.header('link'))).withTokenOf(manager)
    assert.deepEqual(idsIn(last), [before.id])
  })

  test('lists tasks that changed since a moment', async ({ assert, client }) => {
    const add = (title: string) =>
      world.inside(() => Task.add(project, { title, assigneeId: manager.membershipId }), manager)
    const before = await add('Known already')
    const next = await add('Not known yet')
    const since = before.updatedAt.plus(1).setZone('utc+2').toISO()!
    const response = await client
      .get(`${home}/tasks?status=all&sort=updated&since=${encodeURIComponent(since)}`)
      .withTokenOf(manager)
    assert.deepEqual(idsIn(response), [next.id])
  })

  test('answers 304 also where a proxy weakened the tag or names several', async ({ client }) => {
    const item = await raise('Asked again')
    for (const tags of ['W/"1"', '"7", W/"1"', '*']) {
      const response = await client
        .get(`${home}/raid/${item.id}`)
        .withTokenOf(manager)
        .header('if-none-match', tags)
      response.assertStatus(304)
    }
    const other = await client
      .get(`${home}/raid/${item.id}`)
      .withTokenOf(manager)
      .header('if-none-match', '"11", W/"2"')
    other.assertStatus(200)
  })
})

function idsIn(response: { body(): any }) {
  return response.body().data.map(({ id }: { id: string }) => id)
}

function linked(header: string | undefined) {
  return /<([^>]+)>/.exec(header ?? '')![1]
}
