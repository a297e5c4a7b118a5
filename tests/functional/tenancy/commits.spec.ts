import { test } from '@japa/runner'
import { tell } from '#audit/events'
import RaidItem from '#models/raid_item'
import { v7 as uuidv7 } from 'uuid'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { register, World } from '#tests/support/world'

/** From here on the database refuses every new row of the table, but not before the commit. */
async function refuseAtCommit(table: string) {
  await sql(
    admin(),
    `create function public.refuse_late() returns trigger language plpgsql as
       $$ begin raise exception 'too late'; end $$`
  )
  await sql(
    admin(),
    `create constraint trigger refuse_late after insert on ${table} deferrable initially deferred
       for each row execute function public.refuse_late()`
  )
  return async () => {
    await sql(admin(), 'drop function public.refuse_late() cascade')
  }
}

test.group('A commit that the database refuses', (group) => {
  group.each.setup(() => refuseAtCommit('feedback'))

  test('is reported to the sender of the form', async ({ client, assert }) => {
    const person = await register('person')
    const answer = await client.post('/feedback').as(person).form({ message: 'Kept or not?' })
    answer.assertStatus(500)
    const rows = await sql(admin(), 'select from feedback where user_id = ?', [person.userId])
    assert.lengthOf(rows, 0)
  })

  test('is reported to the job', async ({ assert }) => {
    const person = await register('person')
    const { default: Feedback } = await import('#models/feedback')
    await assert.rejects(
      () =>
        Tenancy.system(PLATFORM, async () => {
          await Feedback.submit(person.userId, { message: 'Kept or not?', page: null })
        }),
      /too late/
    )
  })
})

test.group('A commit that the database refuses of an entry', (group) => {
  group.each.setup(() => refuseAtCommit('raid_items'))

  test('leaves no word of success for the next page', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await Walk.begin(client, await world.person('manager'))
    const log = `/projects/${project.id}/raid`
    const fields = { type: 'risk', nature: 'threat', title: 'Kept or not?', status: 'open' }
    const answer = await manager.submit(log, fields)
    answer.assertStatus(500)
    const next = await manager.open(log)
    assert.notInclude(next.text(), 'was added')
    assert.notInclude(next.text(), 'Kept or not?')
  })
})

test.group('An answer that was ready when its commit was refused', () => {
  test('sends no address of a record that was not created', async ({ assert, cleanup, client }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    cleanup(await refuseAtCommit('raid_items'))
    const answer = await client
      .post(`/api/v1/projects/${project.id}/raid`)
      .withTokenOf(manager)
      .json({ type: 'risk', title: 'Kept or not?', nature: 'threat' })
    answer.assertStatus(500)
    answer.assertHeader('content-type', 'application/problem+json; charset=utf-8')
    for (const name of ['location', 'etag']) assert.isUndefined(answer.header(name), name)
  })

  test('is no download of which the trail knows nothing', async ({ assert, cleanup, client }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    await world.inside(() => RaidItem.raise(project, { type: 'risk', title: 'Taken along?' }))
    cleanup(await refuseAtCommit('audit.events'))
    const answer = await client.get(`/projects/${project.id}/raid.csv?type=risk`).as(manager)
    answer.assertStatus(500)
    answer.assertHeader('content-type', 'text/html; charset=utf-8')
    assert.isUndefined(answer.header('content-disposition'))
    assert.notInclude(answer.text(), 'Taken along?')
  })
})

test.group('A statement that fails', () => {
  test('rolls the work back although the code swallowed the error', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const ended: string[] = []
    const working = world.inside(async () => {
      const { trx } = Tenancy.current()
      trx.after('commit', () => void ended.push('commit'))
      trx.after('rollback', () => void ended.push('rollback'))
      await RaidItem.raise(project, { type: 'risk', title: 'Kept or not?' })
      await sql(trx, 'select 1 / 0').catch(() => {})
    })
    await assert.rejects(() => working, /one of its statements had failed/)
    assert.deepEqual(ended, ['rollback'])
    await world.inside(async () => assert.lengthOf(await RaidItem.all(), 0))
  })

  test('is reported, with its own message, although nobody awaited it', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const working = world.inside(async () => {
      await RaidItem.raise(project, { type: 'risk', title: 'Kept or not?' })
      tell({ action: 'audit.forged', entityType: 'project', entityId: project.id })
    })
    await assert.rejects(() => working, /written by the audit trail itself/)
    await world.inside(async () => assert.lengthOf(await RaidItem.all(), 0))
  })

  test('is told of an entry that the database refuses, and nothing of it stays', async ({
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const events = `select from audit.events where entity_type = 'raid_item' and project_id = ?`
    const before = await sql(admin(), events, [project.id])
    const working = world.inside(async () => {
      await RaidItem.raise(project, {
        type: 'risk',
        title: 'Owned by nobody here',
        ownerId: uuidv7(),
      })
    })
    await assert.rejects(() => working, /violates foreign key constraint/)
    await world.inside(async () => assert.lengthOf(await RaidItem.all(), 0))
    assert.deepEqual(await sql(admin(), events, [project.id]), before)
  })

  test('is reported rather than what failed because of it', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const working = world.inside(async () => {
      tell({ action: 'audit.forged', entityType: 'project', entityId: project.id })
      await RaidItem.raise(project, { type: 'risk', title: 'Kept or not?' })
    })
    await assert.rejects(() => working, /written by the audit trail itself/)
  })

  test('fails a visit in another organisation and the work at home alike', async ({ assert }) => {
    const world = await World.create()
    const elsewhere = await World.create()
    const there = await elsewhere.project()
    const working = world.inside(async () => {
      await Tenancy.visit(elsewhere.organisationId, async () => {
        tell({ action: 'audit.forged', entityType: 'project', entityId: there.id })
      })
    })
    await assert.rejects(() => working, /written by the audit trail itself/)
  })

  test('harms nothing that only peeked, but is reported', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const { organisationId } = world
    await world.inside(async () => {
      const peeking = Tenancy.peek({ organisationId, userId: null, requestId: null }, async () => {
        tell({ action: 'audit.forged', entityType: 'project', entityId: project.id })
      })
      await assert.rejects(() => peeking, /written by the audit trail itself/)
      await RaidItem.raise(project, { type: 'risk', title: 'Goes on' })
    })
    await world.inside(async () => assert.lengthOf(await RaidItem.all(), 1))
  })
})
