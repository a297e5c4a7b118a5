import { test } from '@japa/runner'
import { jobs } from '#jobs/index'
import { claim, LARGE_FROM, note } from '#models/import/work'
import { mentionOf } from '#models/text/mention'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { eventually } from '#tests/support/eventually'
import { unescaped } from '#tests/support/html'
import { eventsOf } from '#tests/support/imports'
import { LargeImporting } from '#tests/support/large_imports'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('Large imports that are cancelled', (group) => {
  let here: LargeImporting
  let walk: Walk
  group.each.setup(async ({ context }) => {
    here = await LargeImporting.begin()
    walk = await Walk.begin(context.client, here.person)
  })

  const count = async () =>
    here.world.inside(async () => {
      const [{ $extras }] = await RaidItem.query().count('* as total')
      return Number($extras.total)
    })
  const told = async (like = 'import.%') =>
    (await eventsOf(here.world, like)).map(({ action }) => action)
  const notices = () =>
    sql<{ title: string; membership_id: string }>(
      admin(),
      `select title, membership_id from notifications
        where organisation_id = ? and kind = 'import_ended' order by id`,
      [here.world.organisationId]
    )
  const cancel = async (path: string) => {
    const answer = await walk.submit(`${path}/cancellation`, {})
    return unescaped((await walk.follow(answer)).text())
  }
  const status = async (path: string) => (await here.row(path)).status

  test('are drafts again while they wait, and can be asked for once more', async ({
    assert,
    client,
  }) => {
    const path = await here.ask(client)
    assert.include((await walk.open(path)).text(), 'Cancel import')
    const page = await cancel(path)
    assert.include(page, 'The import was cancelled. Nothing was changed.')
    assert.include(page, 'Check the import')
    await here.work(path)
    assert.equal(await count(), 0)
    assert.equal(await status(path), 'draft')
    assert.deepEqual(await told(), ['import.uploaded', 'import.started', 'import.cancelled'])
    assert.lengthOf(await notices(), 0)

    await here.execute(client, path)
    const [cancelled] = await here.waiting(path)
    await jobs.work_on_import.run(cancelled)
    assert.equal(await count(), 0)
    await here.work(path)
    assert.equal(await count(), LARGE_FROM)
  })

  test('leave nothing behind in the middle', async ({ assert, client }) => {
    const path = await here.ask(client, 5000)
    const work = here.work(path)
    await eventually(async () => (await here.row(path)).partsDone >= 1000)
    await client.post(`${path}/cancellation`).as(here.person)
    await work
    assert.equal(await status(path), 'draft')
    assert.equal(await count(), 0)
    assert.lengthOf(await told('raid_item.%'), 0)
    assert.lengthOf(await told('import.completed'), 0)
  })

  test('stop at the next report of their progress', async ({ assert, client }) => {
    const path = await here.ask(client)
    const { id, handedOver } = await here.row(path)
    const attempt = (await here.world.inside(() => claim(id, handedOver)))!
    await here.world.inside(() => note(attempt, 1, LARGE_FROM))
    await cancel(path)
    await assert.rejects(() => here.world.inside(() => note(attempt, 2, LARGE_FROM)))
    assert.equal((await here.row(path)).partsDone, 1)
  })

  test('leave nothing behind at the last moment either', async ({ assert, client }) => {
    const path = await here.ask(client)
    const work = here.work(path)
    await eventually(async () => (await here.row(path)).partsDone === LARGE_FROM)
    await cancel(path)
    await work
    const isDone = (await status(path)) === 'imported'
    assert.equal(await count(), isDone ? LARGE_FROM : 0)
    assert.lengthOf(await told('import.completed'), isDone ? 1 : 0)
  })

  test('keep everything where their undoing is cancelled', async ({ assert, client }) => {
    const path = await here.ask(client)
    await here.work(path)
    await client.post(`${path}/reversal`).as(here.person)
    assert.include((await walk.open(path)).text(), 'Cancel undoing')
    const page = await cancel(path)
    assert.include(page, 'Undoing was cancelled. Everything that was imported is still here.')
    await here.work(path)
    assert.equal(await count(), LARGE_FROM)
    assert.equal(await status(path), 'imported')
    assert.deepEqual((await told()).slice(-2), ['import.undo_started', 'import.undo_cancelled'])
  })

  test('stay as they are where they had ended, or were never begun', async ({ assert, client }) => {
    const path = await here.upload(client, 'Risk,Status\nThe crane arrives late,Open')
    await cancel(path)
    assert.equal(await status(path), 'draft')
    await here.execute(client, path)
    assert.include(await cancel(path), 'The import had already finished. You can undo it here.')
    await client.post(`${path}/reversal`).as(here.person)
    assert.include(await cancel(path), 'The import had already been undone.')
    assert.lengthOf(await told('import.%cancelled'), 0)
  })

  test('by someone else are told to whoever asked', async ({ assert, client }) => {
    const pmo = await here.world.person('pmo')
    const path = await here.ask(client)
    await client.post(`${path}/cancellation`).as(pmo)
    assert.deepEqual(await notices(), [
      {
        title: `${mentionOf(pmo.membershipId!)} cancelled the import of large.csv`,
        membership_id: here.person.membershipId,
      },
    ])
    await here.execute(client, path)
    await here.work(path)
    await client.post(`${path}/reversal`).as(pmo)
    await cancel(path)
    const [, , undoing] = await notices()
    assert.equal(undoing.membership_id, pmo.membershipId)
    assert.include(undoing.title, 'cancelled the undoing of the import of large.csv')
  })

  test('are cancelled by nobody who may not import', async ({ assert, client }) => {
    const path = await here.ask(client)
    const other = await World.create('Elsewhere')
    for (const [person, refused] of [
      [await here.world.person('team'), 403],
      [await here.world.person('viewer'), 403],
      [await here.world.person('stranger'), 404],
      [await other.person('pmo'), 404],
    ] as const) {
      const answer = await client.post(`${path}/cancellation`).as(person)
      assert.equal(answer.status(), refused)
    }
    for (const id of ['01930000-0000-7000-8000-000000000000', 'nonsense']) {
      const answer = await client
        .post(`/projects/${here.project.id}/imports/${id}/cancellation`)
        .as(here.person)
      answer.assertStatus(404)
    }
    await here.work(path)
    assert.equal(await count(), LARGE_FROM)
  })
})
