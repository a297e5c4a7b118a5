import { compose } from '@adonisjs/core/helpers'
import { BaseModel, hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { test } from '@japa/runner'
import { record } from '#audit/events'
import { tenanted } from '#models/mixins/tenanted'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import Tenancy from '#tenancy/tenancy'
import { World } from '#tests/support/world'

/** A manager as seen from the projects: an unaudited model with audited rows behind it. */
class Manager extends compose(BaseModel, tenanted) {
  static table = 'memberships'

  @hasMany(() => Project, { foreignKey: 'managerId' })
  declare projects: HasMany<typeof Project>
}

test.group('Audited models', (group) => {
  let world: World
  let project: Project
  group.each.setup(async () => {
    world = await World.create()
    project = await world.project({ name: 'Harbour lights' })
  })

  /** The project's events since `before` of them, with their values. */
  async function events(before = 0) {
    const { trx } = Tenancy.current()
    const { rows } = await trx.rawQuery(
      `select action, facts, actor_ref, project_id,
         (select jsonb_object_agg(path, value::jsonb) from audit.event_values v
          where v.organisation_id = e.organisation_id and v.event_id = e.id) as values
       from audit.events e where entity_type = 'project' and entity_id = ?
       order by seq offset ?`,
      [project.id, before]
    )
    return rows
  }

  test('record their creation with every value', async ({ assert }) => {
    const [created, ...more] = await world.inside(() => events())
    assert.lengthOf(more, 0)
    assert.equal(created.action, 'project.created')
    assert.equal(created.project_id, project.id)
    assert.deepEqual(created.facts, { ref: project.code })
    assert.deepEqual(created.values.name, { after: 'Harbour lights' })
  })

  test('record a change beside a row once, with the row’s own change', async ({ assert }) => {
    await world.inside(async () => {
      const row = await Project.findOrFail(project.id)
      const besides = { seats: { after: 'one' } }
      await row.merge({ name: 'Harbour' }).auditBesides(besides).save()
      await row.merge({ name: 'Harbour wall' }).save()
      const [first, second] = await events(1)
      assert.sameMembers(Object.keys(first.values), ['name', 'seats'])
      assert.sameMembers(Object.keys(second.values), ['name'])
    })
  })

  test('record no fact that could name a person', async ({ assert }) => {
    const event = { action: 'project.updated', entityType: 'project', entityId: project.id }
    await assert.rejects(
      () => world.inside(async () => record({ ...event, facts: { reason: 'Sam asked for it' } })),
      /holds free text/
    )
  })

  test('record a change with both values and its author', async ({ assert }) => {
    const manager = await world.person('manager')
    await world.inside(async () => {
      const row = await Project.findOrFail(project.id)
      await row.merge({ name: 'Harbour', forecastEndOn: '2027-01-31' }).save()
      const [event, ...more] = await events(1)
      assert.lengthOf(more, 0)
      assert.equal(event.action, 'project.updated')
      assert.equal(event.actor_ref, manager.membershipId)
      assert.deepEqual(event.values, {
        name: { before: 'Harbour lights', after: 'Harbour' },
        forecast_end_on: { after: '2027-01-31' },
      })
    }, manager)
  })

  test('record nothing when nothing relevant changed', async ({ assert }) => {
    await world.inside(async () => {
      const row = await Project.findOrFail(project.id)
      await row.save()
      await row.merge({ lockVersion: row.lockVersion + 1 }).save()
      assert.lengthOf(await events(1), 0)
    })
  })

  test('name one change as asked, and only that one', async ({ assert }) => {
    await world.inside(async () => {
      const row = await Project.findOrFail(project.id)
      await row.merge({ status: 'closing' }).auditAs('project.wound_down').save()
      await row.merge({ name: 'Silent' }).auditSilently().save()
      await row.merge({ name: 'Told' }).save()
      const [first, second, ...more] = await events(1)
      assert.equal(first.action, 'project.wound_down')
      assert.equal(second.action, 'project.updated')
      assert.lengthOf(more, 0)
    })
  })

  test('record what a deleted row held', async ({ assert }) => {
    await world.inside(async () => {
      const row = await RaidItem.raise(project, { type: 'risk', title: 'Short lived' })
      await row.delete()
      const { rows } = await Tenancy.current().trx.rawQuery(
        `select value::jsonb as value from audit.events e
         join audit.event_values v on v.organisation_id = e.organisation_id and v.event_id = e.id
         where e.entity_id = ? and action = 'raid_item.deleted' and path = 'title'`,
        [row.id]
      )
      assert.deepEqual(rows, [{ value: { before: 'Short lived' } }])
    })
  })

  test('leave no event when the transaction rolls back', async ({ assert }) => {
    const failing = world.inside(async () => {
      const row = await Project.findOrFail(project.id)
      await row.merge({ name: 'Undone' }).save()
      throw new Error('late failure')
    })
    await assert.rejects(() => failing, 'late failure')
    await world.inside(async () => assert.lengthOf(await events(1), 0))
  })

  test('refuse changes without an event: {name}')
    .with<{ name: string; write: (row: Project) => Promise<unknown> }[]>([
      { name: 'bulk update', write: async () => Project.query().update({ name: 'x' }) },
      { name: 'bulk delete', write: async () => Project.query().delete() },
      { name: 'increment', write: async () => Project.query().increment('lockVersion', 1) },
      { name: 'decrement', write: async () => Project.query().decrement('lockVersion', 1) },
      { name: 'quiet save', write: async (row) => row.merge({ name: 'x' }).saveQuietly() },
      { name: 'quiet delete', write: async (row) => row.deleteQuietly() },
      { name: 'quiet create', write: async () => Project.createQuietly({ name: 'x' }) },
      { name: 'truncation', write: async () => Project.truncate() },
      {
        name: 'bulk update through a relation',
        write: async (row) => {
          const manager = await Manager.findOrFail(row.managerId)
          return manager.related('projects').query().update({ name: 'x' })
        },
      },
    ])
    .run(async ({ assert }, { write }) => {
      await world.inside(async () => {
        const row = await Project.findOrFail(project.id)
        await assert.rejects(() => write(row), /is audited|every organisation/)
        assert.lengthOf(await events(1), 0)
      })
    })
})
