import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import Import from '#models/import'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import TaskPredecessor from '#models/task_predecessor'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { eventsOf, upload } from '#tests/support/imports'
import { register, World } from '#tests/support/world'

/** Files that people brought. The repository holds no copy of them, so they are read where they exist. */
const FOLDER = process.env.SHARED_DATA ?? app.makePath('../shared/data')

const PLAN = 'project-plan.xlsx'

const FILES = [
  { name: 'raid-log.xlsx', counts: { risk: 4, assumption: 3, issue: 4, dependency: 5 }, left: [] },
  { name: 'risks-de.csv', counts: { risk: 10 }, left: [] },
  { name: 'jira-export.csv', counts: { issue: 100 }, left: ['A footer'] },
]

test.group('Files that people bring', () => {
  for (const { name, counts, left } of FILES) {
    test(name, async ({ assert, client }) => {
      const world = await World.create()
      const project = await world.project()
      const person = await world.person('manager')
      const path = await upload({ client, person, project }, readFileSync(join(FOLDER, name)), name)
      await client.post(`${path}/execution`).as(person)
      const items = await world.inside(async () => await RaidItem.query())
      const found = Object.groupBy(items, ({ type }) => type)
      assert.deepEqual(
        Object.fromEntries(Object.entries(found).map(([type, of]) => [type, of.length])),
        counts
      )
      const told = await eventsOf(world, 'raid_item.created')
      assert.sameMembers(
        told.map((event) => event.entity_id),
        items.map(({ id }) => id)
      )
      const { summary } = await world.inside(() => Import.findIn(project, path.split('/').at(-1)!))
      assert.deepEqual(
        summary.left!.map(({ reason }) => reason),
        left
      )
      const [completed] = await eventsOf(world, 'import.completed')
      assert.deepInclude(completed.facts, { count: items.length, skipped: left.length })
    }).skip(!existsSync(join(FOLDER, name)), 'not on this machine')
  }

  test('project-plan.xlsx', async ({ assert, client }) => {
    const world = await World.create()
    const project = await world.project({ visibility: 'organisation' })
    const person = await world.person('pmo')
    const arun = await world.join(await register('arun'))
    await sql(admin(), `update users set name = 'Arun' where id = ?`, [arun.userId])
    const bex = await world.inside(() => ExternalResource.create({ name: 'Bex', lockVersion: 1 }))
    const bytes = readFileSync(join(FOLDER, PLAN))
    const path = await upload({ client, person, project }, bytes, PLAN)
    const preview = await client.get(`${path}/edit`).as(person)
    for (const words of [
      '39 tasks will be added',
      'this import includes 2 hidden rows',
      'Project Plan 39, hidden',
      'Project Plan 40, hidden',
      'is in a hidden row',
      'Nested deeper in the file, under “Setup Relay Servers”',
      '“Charley,Bex”: assigned to Bex, since a task has one assignee',
      '“Danielle” is not known here: assigned to manager person, and the name is kept',
      'No one is named: assigned to manager person',
    ]) {
      assert.include(preview.text(), words)
    }

    await client.post(`${path}/execution`).as(person)
    const tasks = await world.inside(() => Task.query().orderBy('number').exec())
    assert.lengthOf(tasks, 39)
    const told = await eventsOf(world, 'task.created')
    assert.sameMembers(
      told.map((event) => event.entity_id),
      tasks.map(({ id }) => id)
    )
    const partsOf = (title: string) => {
      const { id } = tasks.find((task) => task.title === title)!
      return tasks.filter(({ parentId }) => parentId === id).map((task) => task.number)
    }
    assert.lengthOf(
      tasks.filter(({ parentId }) => parentId === null),
      14
    )
    assert.deepEqual(partsOf('Create P2P Network'), [2, 3, 4])
    assert.deepEqual(partsOf('Relay Servers'), [6, 7, 8, 9, 10])
    const links = await world.inside(() => TaskPredecessor.query().exec())
    const numberOf = (id: string) => tasks.find((task) => task.id === id)!.number
    assert.sameDeepMembers(
      links.map(({ taskId, predecessorId }) => [numberOf(taskId), numberOf(predecessorId)]),
      [
        ...[3, 4, 7].map((number) => [number, 2]),
        ...[8, 9, 10].map((number) => [number, 7]),
        ...[13, 14, 15].map((number) => [number, 12]),
        ...[18, 19, 20].map((number) => [number, 17]),
        [33, 32],
      ]
    )
    const given = Map.groupBy(tasks, (task) => task.assigneeId ?? task.externalResourceId!)
    const manager = await world.person('manager')
    assert.deepEqual(
      [arun.membershipId, bex.id, manager.membershipId].map((id) => given.get(id)?.length),
      [6, 4, 29]
    )
    const [relay] = tasks.filter(({ number }) => number === 8)
    assert.deepEqual(
      [relay.assigneeLabel, relay.startOn, relay.dueOn],
      ['Charley,Bex', '2023-03-28', '2023-04-25']
    )
    const list = await client.get(`/projects/${project.id}/tasks?sort=ref&per_page=100`).as(person)
    assert.include(list.text(), 'Danielle On-call')

    await client.post(`${path}/reversal`).as(person)
    assert.lengthOf(await world.inside(() => Task.query().exec()), 0)
    assert.lengthOf(await eventsOf(world, 'task.deleted'), 39)
  }).skip(!existsSync(join(FOLDER, PLAN)), 'not on this machine')
})
