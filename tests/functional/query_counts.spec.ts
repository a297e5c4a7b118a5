import { randomUUID } from 'node:crypto'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { countQueries, countTurns } from '#tests/support/query_count'
import { World, type Person } from '#tests/support/world'

const FEW = 5
const MANY = 50

/** What the test itself asks of the database for each visit. */
const SIGNING_IN = 1

test.group('Queries of a list', (group) => {
  let world: World
  let project: Project
  let manager: Person
  let pmo: Person

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    pmo = await world.person('pmo')
  })

  for (const path of [
    'raid?type=risk&per_page=100',
    'raid?type=risk&review=overdue&per_page=100',
    'raid?type=decision',
    '',
    'audit',
    'tasks?per_page=100',
    'tasks?view=board',
    'assistant/notes',
    'assistant/duplicates',
    'assistant',
    'assistant/assumptions',
    'assistant/changes',
  ]) {
    test(`are as many for many items as for few: /projects/:id/${path}`, async ({
      assert,
      client,
    }) => {
      const visit = () => client.get(`/projects/${project.id}/${path}`).as(manager)
      await raise(FEW)
      await visit()
      const few = await countQueries(visit)
      await raise(MANY - FEW)
      assert.equal(await countQueries(visit), few)
    })
  }

  for (const path of [
    '/raid?type=risk&per_page=100',
    '/raid?type=risk&q=pump',
    '/projects',
    '/tasks?per_page=100',
    '/tasks?q=pump',
    '/reports?sort=rag&state=unscheduled',
    '/portfolio',
    '/portfolio?group=programme&sort=rag&flag=severe&status=all',
  ]) {
    test(`are as many for many projects as for few: ${path}`, async ({ assert, client }) => {
      const visit = () => client.get(path).as(pmo)
      await raise(1)
      await visit()
      const few = await countQueries(visit)
      for (let count = 0; count < FEW; count++) {
        project = await world.project()
        await raise(FEW)
      }
      assert.equal(await countQueries(visit), few)
    })
  }

  test('are no more than eight for a page of the log, session, transaction and unread notices included', async ({
    assert,
    client,
  }) => {
    const visit = () => client.get(`/projects/${project.id}/raid`).as(manager)
    await raise(FEW)
    await visit()
    assert.isAtMost((await countQueries(visit)) - SIGNING_IN, 8)
  })

  test('of a page of the log leave in four turns: session, entering, page, commit', async ({
    assert,
    client,
  }) => {
    const visit = () => client.get(`/projects/${project.id}/raid`).as(manager)
    await raise(FEW)
    await visit()
    assert.isAtMost((await countTurns(visit)) - SIGNING_IN, 4)
  })

  test('of the pages of a project and of an entry leave in eight turns, however much they show', async ({
    assert,
    client,
  }) => {
    await raise(FEW)
    const item = await world.inside(() => RaidItem.query().firstOrFail(), manager)
    for (const path of ['', `/raid/${item.id}`]) {
      const visit = () => client.get(`/projects/${project.id}${path}`).as(manager)
      await visit()
      assert.isAtMost((await countTurns(visit)) - SIGNING_IN, 8, path)
    }
  })

  test('of a form that raises an entry leave in four turns: entry, event, message and commit together', async ({
    assert,
    client,
  }) => {
    const send = raising(client)
    await send()
    assert.isAtMost((await countTurns(send)) - SIGNING_IN, 4)
  })

  test('of a form that raises an entry are flushed to disk before it is answered', async ({
    assert,
    client,
  }) => {
    assert.equal(await countQueries(raising(client), /synchronous_commit/), 0)
  })

  function raising(client: ApiClient) {
    return () =>
      client
        .post(`/projects/${project.id}/raid`)
        .as(manager)
        .form({ type: 'risk', nature: 'threat', title: 'Pump fails', _once: randomUUID() })
        .redirects(0)
  }

  function raise(count: number) {
    return world.inside(async () => {
      for (let number = 0; number < count; number++) {
        const people = { ownerId: manager.membershipId, deciderId: manager.membershipId }
        await RaidItem.raise(project, {
          type: 'risk',
          title: `Pump ${number} fails`,
          nextReviewOn: '2026-01-05',
          ...people,
        })
        await RaidItem.raise(project, { type: 'decision', title: `Buy pump ${number}`, ...people })
        await Task.add(project, { title: `Mend pump ${number}`, assigneeId: manager.membershipId })
      }
    }, manager)
  }
})
