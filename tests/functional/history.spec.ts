import { test } from '@japa/runner'
import { record } from '#audit/events'
import { recordViewing } from '#audit/reading'
import Comment from '#models/comment'
import RaidItem from '#models/raid_item'
import { historyOf } from '#pages/history'
import { World } from '#tests/support/world'

const risk = { type: 'risk', nature: 'threat', title: 'Supplier leaves' } as const

test.group('History', () => {
  test('of an item tells its changes and comments, latest first', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const viewer = await world.viewer(manager)
    await world.inside(async () => {
      const item = await RaidItem.raise(project, risk)
      await RaidItem.raise(project, { ...risk, title: 'Another' })
      await item.revise({ status: 'treating' }, 1)
      await Comment.add(item, project, 'Spoke to them')
      const about = { entityType: 'raid_item', entityId: item.id }
      const history = await historyOf(about, viewer, { limit: 10 })
      assert.deepEqual(
        history.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`),
        [
          'manager person commented on this entry',
          'manager person changed the status of this entry',
          'manager person raised this entry',
        ]
      )
      assert.deepEqual(history[1].changes, [{ label: 'Status', before: 'Open', after: 'Treating' }])
      assert.isNull(history[1].href)
      assert.match(history[1].when, /^today, \d\d:\d\d$/)
      assert.isTrue(history[2].strong)
      assert.isEmpty(history[2].changes)
      assert.lengthOf(await historyOf(about, viewer, { limit: 2 }), 2)
    }, manager)
  })

  test('of a project leaves out other projects, and who looked or took a copy', async ({
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const other = await world.project()
    const manager = await world.person('manager')
    const viewer = await world.viewer(manager)
    await world.inside(async () => {
      const item = await RaidItem.raise(project, risk)
      const elsewhere = await RaidItem.raise(other, risk)
      await recordViewing(viewer, project)
      await record({
        action: 'export.taken',
        entityType: 'project',
        entityId: project.id,
        projectId: project.id,
      })
      const history = await historyOf({ projectId: project.id }, viewer, { limit: 8 })
      assert.equal(history[0].subject, item.ref)
      assert.equal(history[0].href, `/projects/${project.id}/raid/${item.id}`)
      assert.notInclude(
        history.map(({ subject }) => subject),
        elsewhere.ref
      )
    }, manager)
  })

  test('leaves out what the viewer may not see', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const admin = await world.viewer(await world.person('admin'))
    await world.inside(async () => {
      await RaidItem.raise(project, { ...risk, title: 'Open to all' })
      const kept = await RaidItem.raise(project, { ...risk, sensitivity: 'named_people' })
      const history = await historyOf({ projectId: project.id }, admin, { limit: 8 })
      assert.equal(history[0].action, 'raised')
      assert.notInclude(JSON.stringify(history), kept.ref)
      const about = { entityType: 'raid_item', entityId: kept.id }
      assert.isEmpty(await historyOf(about, admin, { limit: 10 }))
    }, manager)
  })

  test('cuts long text', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const viewer = await world.viewer(manager)
    await world.inside(async () => {
      const item = await RaidItem.raise(project, risk)
      await item.revise({ description: 'long '.repeat(200) }, 1)
      const [latest] = await historyOf({ projectId: project.id }, viewer, { limit: 1 })
      assert.isBelow(latest.changes[0].after!.length, 145)
    }, manager)
  })
})
