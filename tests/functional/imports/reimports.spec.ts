import { test } from '@japa/runner'
import { taskColumns } from '#exports/lists/tasks'
import { raidColumns } from '#exports/lists/raid'
import { ownLayouts } from '#models/import/revising/layouts'
import { types, type RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import { unescaped } from '#tests/support/html'
import { eventsOf } from '#tests/support/imports'
import type { Edit } from '#tests/support/own_exports'
import { differences, Reimporting } from '#tests/support/reimports'

const FORMATS = ['csv', 'xlsx'] as const

test.group('Importing again', (group) => {
  let here: Reimporting

  group.each.setup(async () => {
    here = await Reimporting.begin()
  })

  test('knows every heading of every export', async ({ assert }) => {
    await here.world.inside(async () => {
      const layouts = ownLayouts()
      for (const type of Object.keys(types) as RaidType[]) {
        const known = layouts[type]!.columns.map(({ header }) => header)
        assert.includeMembers(known, headersOf(raidColumns(type)), type)
      }
      const known = layouts.task!.columns.map(({ header }) => header)
      assert.includeMembers(known, headersOf(taskColumns))
    })
  })

  for (const format of FORMATS) {
    test(`what was exported as ${format} and not touched changes nothing`, async (ctx) => {
      const { assert, client } = ctx
      await here.furnish()
      for (const type of Object.keys(types)) {
        const path = await here.bringBack(client, `raid.${format}?type=${type}`, format, [])
        const page = await here.preview(client, path)
        assert.include(page, 'No records will be changed', type)
        assert.include(page, '2 rows match their records', type)
        assert.notInclude(page, 'formaction', type)
      }
      const path = await here.bringBack(client, `tasks.${format}?status=all`, format, [])
      const page = await here.preview(client, path)
      assert.include(page, '3 rows match their records')
      const done = await here.execute(client, path)
      assert.match(done.header('location')!, /\/edit$/)
      assert.lengthOf(await eventsOf(here.world, 'import.completed'), 0)
    })

    test(`three cells of a risk log as ${format} change three fields, and are undone`, async (ctx) => {
      const { assert, client } = ctx
      const { risks } = await here.furnish()
      const [first, second] = risks
      const before = await here.itemsNow()
      const path = await here.bringBack(client, `raid.${format}?type=risk`, format, [
        [first.ref, 'Title', 'The crane comes in May'],
        [first.ref, 'Response due', '2027-05-04'],
        [second.ref, 'Status', 'Monitoring'],
      ])
      const page = await here.preview(client, path)
      for (const words of ['2 records will be changed', 'The crane comes in May', 'Monitoring']) {
        assert.include(page, words)
      }
      await here.confirm(client, path, page)
      const after = await here.itemsNow()
      assert.deepEqual(differences(before, after), [
        [first.ref, 'dueOn', '2027-05-04'],
        [first.ref, 'title', 'The crane comes in May'],
        [second.ref, 'status', 'monitoring'],
      ])
      const id = path.split('/').at(-1)
      const told = (await eventsOf(here.world, 'raid_item.%')).filter(
        ({ facts }) => facts.import === id
      )
      assert.sameDeepMembers(
        told.map(({ action, entity_id: of }) => [action, of]),
        [
          ['raid_item.updated', first.id],
          ['raid_item.status_changed', second.id],
        ]
      )
      const [completed] = await eventsOf(here.world, 'import.completed')
      assert.deepEqual(completed.facts, { format, count: 0, changed: 2, skipped: 0 })
      const result = await client.get(path).as(here.person)
      for (const words of ['2 changed', first.ref]) result.assertTextIncludes(words)

      await client.post(`${path}/reversal`).as(here.person)
      assert.deepEqual(differences(before, await here.itemsNow()), [])
      const undone = unescaped((await client.get(path).as(here.person)).text())
      assert.include(undone, '2 changes undone')
    })

    test(`three cells of a list of tasks as ${format} change three fields`, async (ctx) => {
      const { assert, client } = ctx
      const { tasks } = await here.furnish()
      const team = await here.world.person('team')
      const before = await here.tasksNow()
      const path = await here.bringBack(client, `tasks.${format}?status=all`, format, [
        [tasks[0].ref, 'Assignee', team.name],
        [tasks[0].ref, 'Due', ''],
        [tasks[1].ref, 'Status', 'Done'],
      ])
      const page = await here.preview(client, path)
      await here.confirm(client, path, page)
      const after = await here.tasksNow()
      assert.sameDeepMembers(
        differences(before, after).filter(([, name]) => name !== 'completedOn'),
        [
          [tasks[0].ref, 'assigneeId', team.membershipId],
          [tasks[0].ref, 'dueOn', null],
          [tasks[1].ref, 'status', 'done'],
        ]
      )
      await client.post(`${path}/reversal`).as(here.person)
      assert.deepEqual(differences(before, await here.tasksNow()), [])
    })
  }

  test('shows many changes a page at a time, and makes them all', async ({ assert, client }) => {
    await here.world.inside(async () => {
      for (let number = 1; number <= 60; number++) {
        await RaidItem.raise(here.project, { type: 'risk', title: `Risk ${number}` })
      }
    }, here.person)
    const edits = Array.from({ length: 60 }, (_, index): Edit => {
      return [`${here.project.code}-R${index + 1}`, 'Title', `Risk renamed ${index + 1}`]
    })
    const path = await here.bringBack(client, 'raid.csv?type=risk&sort=ref', 'csv', edits)
    const first = await here.preview(client, path)
    assert.include(first, '1 to 50 of 60')
    const second = unescaped((await client.get(`${path}/edit?page=2`).as(here.person)).text())
    assert.include(second, '51 to 60 of 60')
    await here.confirm(client, path, second)
    assert.isTrue((await here.itemsNow()).every(({ title }) => title.startsWith('Risk renamed')))
  })
})

function headersOf(columns: { header: string }[]) {
  return columns.map(({ header }) => header)
}
