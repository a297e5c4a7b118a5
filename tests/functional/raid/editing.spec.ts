import { test } from '@japa/runner'
import Membership from '#models/membership'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { eventually } from '#tests/support/eventually'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'
import { register } from '#tests/support/world'

const RISK = { type: 'risk', title: 'The crane arrives late', nature: 'threat' }

/** Whether somebody waits for a row that another holds. */
async function isWaiting() {
  const [{ count }] = await sql(
    admin(),
    'select count(*)::integer as count from pg_locks where not granted'
  )
  return count > 0
}

test.group('RAID items: editing', (group) => {
  let log: Log
  group.setup(async () => {
    log = await Log.create()
  })

  test('a saved edit records before and after in one event', async ({ assert, client }) => {
    const item = await log.raise('risk', { title: 'Before' })
    const manager = await Walk.begin(client, log.people.manager)
    const saved = await manager.submitAndFollow(
      log.urlOf(item),
      { ...RISK, title: 'After', lock_version: 1 },
      'PUT'
    )
    assert.include(saved.text(), 'was saved')
    const events = await log.events(item.id)
    assert.lengthOf(events, 2)
    assert.equal(events[1].action, 'raid_item.updated')
    assert.deepEqual(events[1].values.title, { before: 'Before', after: 'After' })
    assert.equal((await log.fresh(item)).lock_version, 2)
  })

  test('saved unchanged changes and records nothing', async ({ assert, client }) => {
    const item = await log.raise('risk', { description: 'One\ntwo' })
    const manager = await Walk.begin(client, log.people.manager)
    const fields = {
      'type': 'risk',
      'title': 'One risk',
      'nature': 'threat',
      'description': 'One\r\ntwo',
      'reader_ids[]': '',
      'lock_version': 1,
    }
    const saved = await manager.submit(log.urlOf(item), fields, 'PUT')
    saved.assertStatus(303)
    assert.lengthOf(await log.events(item.id), 1)
    assert.equal((await log.fresh(item)).lock_version, 1)
  })

  test('an owner who left and a counterpart out of sight survive another’s edit', async ({
    assert,
    client,
  }) => {
    const gone = await log.world.join(await register('gone'))
    const item = await log.raise('risk', { ownerId: gone.membershipId })
    await log.world.inside(async () => {
      const membership = await Membership.findOrFail(gone.membershipId)
      await membership.merge({ status: 'left' }).save()
    })
    const manager = await Walk.begin(client, log.people.manager)
    const page = await manager.open(`${log.urlOf(item)}/edit`)
    assert.match(page.text(), new RegExp(`value="${gone.membershipId}" selected`))
    const saved = await manager.submit(
      log.urlOf(item),
      { ...RISK, owner_id: gone.membershipId, lock_version: 1 },
      'PUT'
    )
    saved.assertStatus(303)
    assert.equal((await log.fresh(item)).owner_id, gone.membershipId)
  })

  test('an older page shows both versions; the choices are then saved, and nothing is lost', async ({
    assert,
    client,
  }) => {
    const { team, viewer, manager: boss } = log.people
    const item = await log.raise('risk', {
      title: 'Original',
      cause: 'Original cause',
      sensitivity: 'named_people',
    })
    const first = await Walk.begin(client, boss)
    const second = await Walk.begin(client, log.people.pmo)
    const base = {
      ...RISK,
      'title': 'Original',
      'cause': 'Original cause',
      'sensitivity': 'named_people',
      'reader_ids[]': '',
      'lock_version': 1,
    }
    const shown = JSON.stringify({ title: 'Original', cause: 'Original cause', readerIds: [] })
    await first.submit(
      log.urlOf(item),
      { ...base, 'title': 'Theirs', 'reader_ids[]': [viewer.membershipId] },
      'PUT'
    )

    // The second person is named as well, or could not have opened the form.
    await log.world.inside(async () => {
      await RaidReader.create({ raidItemId: item.id, membershipId: log.people.pmo.membershipId })
    })
    const conflict = await second.submit(
      log.urlOf(item),
      {
        ...base,
        'cause': 'My cause',
        'effect': 'My effect',
        'reader_ids[]': [team.membershipId, log.people.pmo.membershipId],
        'base': shown,
      },
      'PUT'
    )
    conflict.assertStatus(409)
    for (const text of [
      'Theirs',
      'Original',
      'My cause',
      'My effect',
      'manager person',
      team.name,
    ]) {
      assert.include(conflict.text(), text)
    }
    assert.equal((await log.fresh(item)).cause, 'Original cause')
    const choice = (name: string) => [
      ...conflict
        .text()
        .matchAll(new RegExp(`name="${name}" value="([^"]*)"[^>]*?(checked|)>`, 'g')),
    ]
    assert.deepEqual(
      choice('title').map(([, value, checked]) => [value, checked]),
      [
        ['Theirs', 'checked'],
        ['Original', ''],
      ]
    )
    assert.deepEqual(
      choice('cause').map(([, value, checked]) => [value, checked]),
      [
        ['Original cause', ''],
        ['My cause', 'checked'],
      ]
    )

    const mine = choice('reader_ids\\[\\]')[1][1]
    const chosen = {
      ...base,
      'title': 'Theirs',
      'cause': 'My cause',
      'effect': 'My effect',
      'reader_ids[]': mine,
      'lock_version': 2,
    }
    const saved = await second.submit(log.urlOf(item), chosen, 'PUT')
    saved.assertStatus(303)
    const row = await log.fresh(item)
    assert.deepEqual(
      [row.title, row.cause, row.effect, row.lock_version],
      ['Theirs', 'My cause', 'My effect', 3]
    )
    const [, , last] = await log.events(item.id)
    assert.includeMembers(last.values.reader_ids.after, [team.membershipId])
  })

  test('a version that became confidential meanwhile is not shown to the second', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk', {}, log.people.pmo)
    const manager = await Walk.begin(client, log.people.manager)
    await manager.open(`${log.urlOf(item)}/edit`)
    const answer = await log.world.inside(async () => {
      const held = await RaidItem.findOrFail(item.id)
      await held.lockRow(1)
      const fields = { ...RISK, lock_version: 1 }
      const late = Promise.resolve(manager.submit(log.urlOf(item), fields, 'PUT'))
      await eventually(isWaiting)
      held.merge({ sensitivity: 'named_people', description: 'The yard closes' })
      await held.refersTo(log.project).saveRevision()
      return { late }
    }, log.people.pmo)
    const page = await answer.late
    page.assertStatus(404)
    assert.notInclude(page.text(), 'The yard closes')
  })

  test('a rule broken by the choices leads to the form with what was chosen', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk')
    const manager = await Walk.begin(client, log.people.manager)
    const chosen = { ...RISK, title: 'Chosen', response: 'exploit', lock_version: 1 }
    const page = await manager.submitAndFollow(log.urlOf(item), chosen, 'PUT')
    assert.include(page.text(), 'For a threat, choose one of')
    assert.include(page.text(), 'value="Chosen"')
  })

  test('of two saves at one moment exactly one wins', async ({ assert, client }) => {
    const item = await log.raise('risk')
    const walks = [
      await Walk.begin(client, log.people.manager),
      await Walk.begin(client, log.people.pmo),
    ]
    const answers = await Promise.all(
      walks.map((walk, index) =>
        walk.submit(log.urlOf(item), { ...RISK, title: `Save ${index}`, lock_version: 1 }, 'PUT')
      )
    )
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [303, 409])
    const winner = answers.findIndex((answer) => answer.status() === 303)
    assert.equal((await log.fresh(item)).title, `Save ${winner}`)
    const loser = answers[1 - winner].text()
    for (const title of ['Save 0', 'Save 1']) assert.include(loser, title)
    assert.lengthOf(await log.events(item.id), 2)
  })

  test('readers are named, notified and removed again', async ({ assert, client }) => {
    const { team } = log.people
    const item = await log.raise('risk', { sensitivity: 'named_people' })
    const manager = await Walk.begin(client, log.people.manager)
    const base = { type: 'risk', title: 'One risk', nature: 'threat', sensitivity: 'named_people' }
    await manager.submit(
      log.urlOf(item),
      { ...base, 'reader_ids[]': ['', team.membershipId], 'lock_version': 1 },
      'PUT'
    )
    const reader = await Walk.begin(client, team)
    const open = await reader.open(log.urlOf(item))
    open.assertStatus(200)
    await manager.submit(log.urlOf(item), { ...base, 'reader_ids[]': '', 'lock_version': 2 }, 'PUT')
    const closed = await reader.open(log.urlOf(item))
    closed.assertStatus(404)
    const [, named, taken] = await log.events(item.id)
    assert.deepEqual(named.values, { reader_ids: { before: [], after: [team.membershipId] } })
    assert.deepEqual(taken.values, { reader_ids: { before: [team.membershipId], after: [] } })
  })
})
