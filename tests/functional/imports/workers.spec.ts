import { test } from '@japa/runner'
import { jobs } from '#jobs/index'
import { controls } from '#models/import/controls'
import { LARGE_FROM } from '#models/import/work'
import Membership from '#models/membership'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { eventually } from '#tests/support/eventually'
import { LOOKS_AGAIN, unescaped } from '#tests/support/html'
import { eventsOf } from '#tests/support/imports'
import { idOf, LargeImporting, logOf } from '#tests/support/large_imports'
import { exported } from '#tests/support/own_exports'
import { seenIn } from '#tests/support/reimports'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const SMALL = 'Risk,Status\nThe crane arrives late,Open'

test.group('Large imports', (group) => {
  let here: LargeImporting
  group.each.setup(async () => {
    here = await LargeImporting.begin()
  })

  const count = async () =>
    here.world.inside(async () => {
      const [{ $extras }] = await RaidItem.query().count('* as total')
      return Number($extras.total)
    })
  const told = async (like = 'import.%') =>
    (await eventsOf(here.world, like)).map(({ action }) => action)
  const actorsOf = async (action: string) =>
    (await eventsOf(here.world, action)).map(({ actor_ref: by }) => by)
  /** The file is gone, until what is answered brings it back. */
  const takeFile = async (path: string) => {
    const [{ file }] = await sql(admin(), 'select file from imports where id = ?', [idOf(path)])
    const put = (bytes: Buffer | null) =>
      sql(admin(), 'update imports set file = ? where id = ?', [bytes, idOf(path)])
    await put(null)
    return () => put(file)
  }
  const notices = () =>
    sql<{ title: string; membership_id: string; path: string }>(
      admin(),
      `select title, membership_id, path from notifications
        where organisation_id = ? and kind = 'import_ended' order by id`,
      [here.world.organisationId]
    )
  const page = async (client: any, path: string) =>
    unescaped((await client.get(path).as(here.person)).text())

  test('go to a worker, are followed, done once and told, in the name of whoever asked', async ({
    assert,
    client,
  }) => {
    const path = await here.ask(client)
    const waiting = await client.get(path).as(here.person)
    for (const words of ['Waiting to start', 'hx-trigger="every 2s"', LOOKS_AGAIN]) {
      waiting.assertTextIncludes(words)
    }
    assert.equal(await count(), 0)
    const list = await page(client, `/projects/${here.project.id}/imports`)
    assert.include(list, 'Importing')

    await here.work(path)
    assert.equal(await count(), LARGE_FROM)
    assert.deepEqual(await told(), ['import.uploaded', 'import.started', 'import.completed'])
    const actors = await sql(
      admin(),
      `select distinct actor_kind, actor_ref from audit.events
        where organisation_id = ? and (action = 'raid_item.created' or action like 'import.%')`,
      [here.world.organisationId]
    )
    assert.deepEqual(actors, [{ actor_kind: 'member', actor_ref: here.person.membershipId }])
    const result = await client.get(path).as(here.person)
    assert.notInclude(result.text(), LOOKS_AGAIN)
    result.assertTextIncludes(`${LARGE_FROM} entries added`)
    assert.deepEqual(await notices(), [
      {
        title: `large.csv was imported: ${LARGE_FROM} entries added`,
        membership_id: here.person.membershipId,
        path,
      },
    ])
    const [{ file }] = await sql(admin(), 'select file from imports where id = ?', [idOf(path)])
    assert.isNull(file)

    await here.work(path)
    assert.equal(await count(), LARGE_FROM)
    assert.lengthOf(await notices(), 1)
  })

  test('show how far they are, and lead on when they have ended', async ({ assert, client }) => {
    const path = await here.ask(client, 1500)
    const work = here.work(path)
    await eventually(async () => (await here.row(path)).partsDone > 0)
    assert.include(await page(client, path), 'of 1,500 records')
    await work
    const poll = await client
      .get(path)
      .as(here.person)
      .header('HX-Request', 'true')
      .header('HX-Request-Type', 'partial')
      .header('HX-Target', 'div#import-state')
    poll.assertStatus(204)
    poll.assertHeader('hx-redirect', path)
  })

  test('are undone by a worker', async ({ assert, client }) => {
    const path = await here.ask(client)
    await here.work(path)
    const item = await here.world.inside(() => RaidItem.query().orderBy('number').firstOrFail())
    await here.world.inside(() => item.revise({ title: 'Worked on' }, 1), here.person)
    const answer = await client.post(`${path}/reversal`).as(here.person)
    answer.assertHeader('location', path)
    assert.equal(await count(), LARGE_FROM)
    const waiting = await client.get(path).as(here.person)
    waiting.assertTextIncludes(LOOKS_AGAIN)
    waiting.assertTextIncludes('The import is being undone')

    await here.work(path)
    assert.equal(await count(), 1)
    assert.deepEqual((await told()).slice(-2), ['import.undo_started', 'import.undone'])
    assert.lengthOf(await told('raid_item.deleted'), LARGE_FROM - 1)
    assert.include(await page(client, path), 'was changed')
    const [, { title }] = await notices()
    assert.equal(title, `The import of large.csv was undone: ${LARGE_FROM - 1} entries removed`)
  })

  test('are undone in the name of whoever asks for that, also where the import is begun anew', async ({
    assert,
    client,
  }) => {
    const path = await here.ask(client)
    await here.work(path)
    const pmo = await here.world.person('pmo')
    await client.post(`${path}/reversal`).as(pmo)
    // The worker that imported it was lost before it could say that it was done.
    const [imported, undone] = await here.waiting(path)
    await jobs.work_on_import.run(imported)
    assert.equal((await here.row(path)).status, 'undoing')
    await jobs.work_on_import.run(undone)
    assert.deepEqual(await actorsOf('import.undone'), [pmo.membershipId])
  })

  test('that broke off are begun anew for whoever asks again, not for whoever asked before', async ({
    assert,
    client,
  }) => {
    const path = await here.ask(client)
    const giveBack = await takeFile(path)
    for (let attempts = 0; attempts < 3; attempts++) await assert.rejects(() => here.work(path))
    await giveBack()
    const pmo = await here.world.person('pmo')
    await client.post(`${path}/execution`).as(pmo)
    const [first, second] = await here.waiting(path)
    await jobs.work_on_import.run(first)
    assert.equal(await count(), 0)
    await jobs.work_on_import.run(second)
    assert.equal(await count(), LARGE_FROM)
    assert.deepEqual(await actorsOf('import.completed'), [pmo.membershipId])
  })

  test('are requested once, and cannot be changed meanwhile', async ({ assert, client }) => {
    const path = await here.ask(client)
    await here.execute(client, path)
    await client.put(path).as(here.person).form({ 't0-type': 'issue' })
    await client.delete(path).as(here.person)
    await client.post(`${path}/reversal`).as(here.person)
    const edit = await client.get(`${path}/edit`).as(here.person)
    edit.assertHeader('location', path)
    assert.lengthOf(await here.waiting(path), 1)
    assert.deepEqual(await told(), ['import.uploaded', 'import.started'])
    await here.work(path)
    assert.equal(await count(), LARGE_FROM)
  })

  test('make other imports of the project wait, and none elsewhere', async ({ assert, client }) => {
    const done = await here.upload(client, SMALL)
    await here.execute(client, done)
    const small = await here.upload(client, SMALL)
    const large = await here.upload(client, logOf(LARGE_FROM), 'other.csv')
    const path = await here.ask(client)
    const walk = await Walk.begin(client, here.person)
    for (const [asked, back] of [
      [`${small}/execution`, `${small}/edit`],
      [`${large}/execution`, `${large}/edit`],
      [`${done}/reversal`, done],
    ]) {
      const refused = await walk.submit(asked, {})
      refused.assertHeader('location', back)
      assert.include((await walk.follow(refused)).text(), 'Another import is running')
    }
    const elsewhere = await LargeImporting.begin()
    await elsewhere.ask(client)

    await here.work(path)
    assert.equal(await count(), LARGE_FROM + 1)
    const answer = await here.execute(client, small)
    answer.assertHeader('location', small)

    await client.post(`${path}/reversal`).as(here.person)
    const next = await here.upload(client, SMALL)
    const refused = await walk.submit(`${next}/execution`, {})
    refused.assertHeader('location', `${next}/edit`)
    assert.include((await walk.follow(refused)).text(), 'Another import is running')
  })

  test('are done once by two workers that both believe they own the job', async ({
    assert,
    client,
  }) => {
    const path = await here.ask(client)
    await Promise.allSettled([here.work(path), here.work(path)])
    await here.work(path)
    assert.equal(await count(), LARGE_FROM)
    assert.lengthOf(await told('import.completed'), 1)
    assert.lengthOf(await notices(), 1)
  })

  test('leave nothing when their worker is killed in the middle, and are begun anew', async ({
    assert,
    client,
  }) => {
    const path = await here.ask(client, 1500)
    const broken = here.work(path).catch((error) => error)
    await eventually(async () => (await here.row(path)).partsDone >= 1000)
    const killed = await sql(
      admin(),
      `select pg_terminate_backend(pid) from pg_locks
        where relation = 'raid_items'::regclass and mode = 'RowExclusiveLock' and pid <> pg_backend_pid()`
    )
    assert.isAbove(killed.length, 0)
    assert.instanceOf(await broken, Error)
    assert.equal(await count(), 0)
    assert.lengthOf(await told('raid_item.%'), 0)
    assert.equal((await here.row(path)).status, 'executing')

    await here.work(path)
    assert.equal(await count(), 1500)
    assert.lengthOf(await told('raid_item.created'), 1500)
    assert.lengthOf(await told('import.completed'), 1)
  })

  test('that break off each time are given back, say so, and can be tried again', async ({
    assert,
    client,
  }) => {
    const path = await here.ask(client)
    const giveBack = await takeFile(path)
    for (const status of ['executing', 'executing', 'draft']) {
      await assert.rejects(() => here.work(path))
      assert.equal((await here.row(path)).status, status)
    }
    await here.work(path)
    assert.deepEqual((await told()).slice(-1), ['import.failed'])
    const [{ title }] = await notices()
    assert.equal(title, 'large.csv could not be imported')

    await giveBack()
    assert.include(await page(client, `${path}/edit`), 'something went wrong on our side')
    await here.execute(client, path)
    await here.work(path)
    assert.equal(await count(), LARGE_FROM)
  })

  test('that lost their worker too often are given back', async ({ assert, client }) => {
    const path = await here.ask(client)
    await sql(admin(), 'update imports set attempts = 3 where id = ?', [idOf(path)])
    await here.work(path)
    assert.equal((await here.row(path)).status, 'draft')
    assert.include(await page(client, `${path}/edit`), 'something went wrong on our side')
    assert.equal(await count(), 0)
  })

  test('go back to the preview when somebody was quicker', async ({ assert, client }) => {
    const brought = await here.ask(client)
    await here.work(brought)
    const list = `/projects/${here.project.id}/raid.csv?type=risk`
    const file = (await exported(client, list, here.person)).toString()
    const path = await here.upload(
      client,
      file.replaceAll('may arrive late', 'arrives in May'),
      'raid.csv'
    )
    const seen = seenIn(await here.preview(client, path))
    const asked = await here.execute(client, path).form({ [controls.seen]: seen })
    asked.assertHeader('location', path)
    const item = await here.world.inside(() => RaidItem.query().orderBy('number').firstOrFail())
    await here.world.inside(() => item.revise({ title: 'Quicker' }, 1), here.person)

    await here.work(path)
    assert.equal((await here.row(path)).status, 'draft')
    assert.lengthOf(await told('raid_item.updated'), 1)
    assert.include(await page(client, `${path}/edit`), 'A record has changed since the preview')

    const again = seenIn(await here.preview(client, path))
    await here.execute(client, path).form({ [controls.seen]: again })
    assert.notInclude(await page(client, path), 'A record has changed since the preview')
    await here.work(path)
    assert.lengthOf(await told('raid_item.updated'), LARGE_FROM)
  })

  for (const [what, lose] of Object.entries({
    'who left the organisation': async () => {
      await here.world.inside(async () =>
        (await Membership.findOrFail(here.person.membershipId)).deactivate()
      )
    },
    'who may not import any more': async () => {
      const owner = await here.world.person('pmo')
      await here.world.inside(async () => {
        const project = await Project.findOrFail(here.project.id)
        await project.merge({ managerId: owner.membershipId }).save()
      })
    },
  })) {
    test(`are not done for somebody ${what}`, async ({ assert, client }) => {
      const pmo = await here.world.person('pmo')
      const path = await here.ask(client)
      await lose()
      await here.work(path)
      assert.equal(await count(), 0)
      assert.equal((await here.row(path)).status, 'draft')
      const [failed] = (await eventsOf(here.world, 'import.failed')) as any[]
      assert.equal(failed.entity_id, idOf(path))
      const edit = await client.get(`${path}/edit`).as(pmo)
      edit.assertTextIncludes('Someone who can may try again here')
      await client.post(`${path}/execution`).as(pmo)
      await here.work(path)
      assert.equal(await count(), LARGE_FROM)
    })
  }

  test('are not done while the organisation is suspended, nor automatically afterwards', async ({
    assert,
    client,
  }) => {
    const path = await here.ask(client)
    await suspend(true)
    await here.work(path)
    await suspend(false)
    await here.work(path)
    assert.equal(await count(), 0)
    assert.include(await page(client, `${path}/edit`), 'the organisation was suspended')
    await here.execute(client, path)
    await here.work(path)
    assert.equal(await count(), LARGE_FROM)
  })

  test('are not done once they were removed while waiting', async ({ assert, client }) => {
    const path = await here.ask(client)
    const [payload] = await here.waiting(path)
    await sql(admin(), 'delete from imports where id = ?', [idOf(path)])
    await jobs.work_on_import.run(payload)
    assert.equal(await count(), 0)
  })

  test('are refused to whoever may not import', async ({ assert, client }) => {
    const path = await here.upload(client, logOf(LARGE_FROM), 'large.csv')
    const other = await World.create('Elsewhere')
    for (const [person, status] of [
      [await here.world.person('team'), 403],
      [await here.world.person('viewer'), 403],
      [await here.world.person('stranger'), 404],
      [await other.person('pmo'), 404],
    ] as const) {
      const answer = await client.post(`${path}/execution`).as(person)
      assert.equal(answer.status(), status)
    }
    assert.lengthOf(await here.waiting(path), 0)
    assert.equal((await here.row(path)).status, 'draft')
  })

  async function suspend(isSuspended: boolean) {
    const change = isSuspended
      ? `suspended_at = now(), suspension_reason = 'Unpaid'`
      : 'suspended_at = null, suspension_reason = null'
    await sql(admin(), `update organisations set ${change} where id = ?`, [
      here.world.organisationId,
    ])
  }
})
