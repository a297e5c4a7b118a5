import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import Project from '#models/project'
import type RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const RISK = { type: 'risk', title: 'The crane arrives late', nature: 'threat' }
const DEPENDENCY = { type: 'dependency', title: 'Berth is free', direction: 'inbound' }

test.group('RAID items and external people', (group) => {
  let log: Log
  let surveyor: ExternalResource
  group.each.setup(async () => {
    log = await Log.create()
    surveyor = await add(log.world, 'A surveyor')
  })

  function add(world: World, name: string) {
    return world.inside(() => ExternalResource.add({ name, email: null }, { name: 'Ada' }))
  }

  function archive({ id }: ExternalResource) {
    return log.world.inside(async () => (await ExternalResource.findById(id)).archive())
  }

  test('a risk’s action is given to one, and every page says so', async ({ assert, client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const form = await manager.open(`${log.url}/create?type=risk`)
    assert.include(form.text(), '<optgroup label="External people">')
    const stored = await manager.submit(log.url, { ...RISK, actionee_id: surveyor.id })
    stored.assertStatus(303)
    const item = { id: stored.header('location')!.split('/').at(-1)! } as RaidItem
    assert.deepInclude(await log.fresh(item), {
      actionee_id: null,
      actionee_external_id: surveyor.id,
      actionee_label: null,
    })
    const page = await manager.open(stored.header('location')!)
    assert.match(page.text(), /A surveyor[^]*?External/)
    const csv = await client.get(`${log.url}.csv?type=risk`).as(log.people.manager)
    assert.include(csv.text(), 'A surveyor (external)')
  })

  test('handing an action over reads as one change', async ({ assert, client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const item = await log.raise('risk', { actioneeId: log.people.team.membershipId })
    await manager.open(`${log.urlOf(item)}/edit`)
    const saved = await manager.submitAndFollow(
      log.urlOf(item),
      { ...RISK, actionee_id: surveyor.id, lock_version: 1 },
      'PUT'
    )
    assert.equal(saved.text().match(/<dt>Actionee<\/dt>/g)?.length, 2, 'one field, one change')
    assert.match(saved.text(), /team person[^]*?A surveyor \(external\)/)
  })

  test('a name as it was written gives way to the person', async ({ assert, client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const item = await log.raise('risk', { actioneeLabel: 'Sue S.' })
    await manager.open(`${log.urlOf(item)}/edit`)
    await manager.submit(
      log.urlOf(item),
      { ...RISK, actionee_id: surveyor.id, lock_version: 1 },
      'PUT'
    )
    assert.deepInclude(await log.fresh(item), {
      actionee_external_id: surveyor.id,
      actionee_label: null,
    })
  })

  test('a dependency names one as its other side', async ({ assert, client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const stored = await manager.submit(log.url, {
      ...DEPENDENCY,
      counterpart_kind: 'project',
      counterpart_person_id: surveyor.id,
    })
    stored.assertStatus(303)
    const item = { id: stored.header('location')!.split('/').at(-1)! } as RaidItem
    assert.deepInclude(await log.fresh(item), {
      counterpart_external_id: surveyor.id,
      counterpart_kind: 'external_resource',
    })
    for (const path of [stored.header('location')!, `${log.url}?type=dependency`]) {
      const page = await manager.open(path)
      assert.include(page.text(), 'A surveyor')
    }
    const csv = await client.get(`${log.url}.csv?type=dependency`).as(log.people.manager)
    assert.include(csv.text(), 'A surveyor (external)')
    const edit = await manager.open(`${stored.header('location')}/edit`)
    assert.include(edit.text(), `<option value="${surveyor.id}" selected>`)
  })

  test('a dependency has one other side', async ({ assert, client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const other = await log.world.inside(() =>
      Project.begin({ code: 'OTHER', name: 'Other', visibility: 'organisation' })
    )
    await manager.open(`${log.url}/create?type=dependency`)
    const refused = await manager.submitAndFollow(log.url, {
      ...DEPENDENCY,
      counterpart_project_id: other.id,
      counterpart_person_id: surveyor.id,
    })
    assert.include(refused.text(), 'Choose either a project or a person, not both')
  })

  test('only those who may change any entry can name one; others leave them as they are', async ({
    assert,
    client,
  }) => {
    const team = await Walk.begin(client, log.people.team)
    const form = await team.open(`${log.url}/create?type=risk`)
    assert.notInclude(form.text(), 'A surveyor')
    const refused = await team.submitAndFollow(log.url, { ...RISK, actionee_id: surveyor.id })
    assert.include(refused.text(), 'Choose one of the people offered')
    const item = await log.raise('risk', {
      actioneeExternalId: surveyor.id,
      ownerId: log.people.team.membershipId,
    })
    const edit = await team.open(`${log.urlOf(item)}/edit`)
    assert.include(edit.text(), `<option value="${surveyor.id}" selected>A surveyor</option>`)
    const saved = await team.submit(
      log.urlOf(item),
      { ...RISK, title: 'Renamed', actionee_id: surveyor.id, lock_version: 1 },
      'PUT'
    )
    saved.assertStatus(303)
    assert.deepInclude(await log.fresh(item), {
      title: 'Renamed',
      actionee_external_id: surveyor.id,
    })
  })

  test('whoever is archived or elsewhere is not offered, but stays where they are', async ({
    assert,
    client,
  }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const elsewhere = await add(await World.create('Elsewhere'), 'Foreigner')
    const item = await log.raise('risk', { actioneeExternalId: surveyor.id })
    await archive(surveyor)
    for (const [id, says] of [
      [surveyor.id, 'Choose one of the people offered'],
      [elsewhere.id, 'Choose a member who can see this project'],
    ]) {
      await manager.open(`${log.url}/create?type=risk`)
      const refused = await manager.submitAndFollow(log.url, { ...RISK, actionee_id: id })
      assert.include(refused.text(), says)
      assert.notInclude(refused.text(), 'Foreigner')
    }
    const edit = await manager.open(`${log.urlOf(item)}/edit`)
    assert.include(edit.text(), 'A surveyor (no longer offered)')
    await manager.submit(
      log.urlOf(item),
      { ...RISK, actionee_id: surveyor.id, lock_version: 1 },
      'PUT'
    )
    assert.equal((await log.fresh(item)).actionee_external_id, surveyor.id)
  })

  test('two versions name them', async ({ assert, client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const item = await log.raise('risk', { actioneeId: log.people.team.membershipId })
    await log.world.inside(() => item.revise({ title: 'First' }, 1))
    const late = await manager.submit(
      log.urlOf(item),
      { ...RISK, actionee_id: surveyor.id, lock_version: 1 },
      'PUT'
    )
    late.assertStatus(409)
    assert.match(
      late.text(),
      new RegExp(`name="actionee_id" value="${surveyor.id}"[^]*?A surveyor`)
    )
  })

  test('the database keeps to one actionee and one other side', async ({ assert }) => {
    const risk = await log.raise('risk', { actioneeExternalId: surveyor.id })
    const dependency = await log.raise('dependency', {
      counterpartExternalId: surveyor.id,
      counterpartKind: 'external_resource',
    })
    const { membershipId } = log.people.team
    for (const [item, change, values] of [
      [risk, 'actionee_id = ?', [membershipId]],
      [risk, `actionee_label = 'Sue'`, []],
      [dependency, `counterpart_kind = 'organisation'`, []],
      [dependency, 'counterpart_project_id = ?', [log.project.id]],
      [dependency, 'counterpart_member_id = ?', [membershipId]],
    ] as const) {
      await assert.rejects(
        () => sql(admin(), `update raid_items set ${change} where id = ?`, [...values, item.id]),
        /one_actionee|one_counterpart/
      )
    }
  })

  test('what they hold is on their page, as far as the reader may see', async ({
    assert,
    client,
  }) => {
    const risk = await log.raise('risk', { actioneeExternalId: surveyor.id })
    const secret = await log.raise('risk', {
      actioneeExternalId: surveyor.id,
      sensitivity: 'named_people',
    })
    const dependency = await log.raise('dependency', {
      counterpartExternalId: surveyor.id,
      counterpartKind: 'external_resource',
    })
    await log.raise('risk', { actioneeExternalId: surveyor.id, status: 'closed' })
    const page = await client.get(`/externals/${surveyor.id}`).as(await log.world.person('admin'))
    for (const { id } of [risk, dependency]) assert.include(page.text(), id)
    assert.notInclude(page.text(), secret.id)
    assert.include(page.text(), '1 open action, 1 open dependency')
  })
})
