import { test } from '@japa/runner'
import { draftFromExpired } from '#models/raid/assumption_clock'
import type RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { inDays } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('The clock of an assumption', (group) => {
  let log: Log
  group.each.setup(async () => {
    log = await Log.create()
    await sql(admin(), `update projects set status = 'active' where id = ?`, [log.project.id])
  })

  /** One that was written down before the day until which it was to be validated. */
  async function assume(attributes: Record<string, unknown> = {}, age = 30) {
    const item = await log.raise('assumption', {
      title: 'The permit comes in May',
      dueOn: inDays(-1),
      ...attributes,
    })
    await sql(
      admin(),
      `update raid_items set created_at = now() - make_interval(days => ?) where id = ?`,
      [age, item.id]
    )
    return item
  }
  const ring = () => log.world.inside(draftFromExpired)
  const risks = () =>
    sql<Record<string, any>>(
      admin(),
      `select * from raid_items where project_id = ? and type = 'risk' order by number`,
      [log.project.id]
    )
  const linkOf = async (item: RaidItem) => {
    const [link] = await sql(admin(), 'select to_id, kind from raid_links where from_id = ?', [
      item.id,
    ])
    return link
  }

  test('drafts the risk that follows when its day passed, once, and links both', async ({
    assert,
    client,
  }) => {
    const item = await assume({
      impactIfFalse: 5,
      confidence: 'low',
      escalation: 'programme',
      ownerId: log.people.team.membershipId,
    })
    await ring()
    await ring()
    const [risk, ...more] = await risks()
    assert.lengthOf(more, 0)
    assert.include(risk, {
      status: 'draft',
      nature: 'threat',
      title: 'Not validated in time: The permit comes in May',
      owner_id: log.people.team.membershipId,
      created_by: null,
      current_likelihood: 4,
      current_impact: 5,
      escalation: 'programme',
      sensitivity: 'normal',
    })
    assert.include(risk.cause, item.ref)
    assert.deepEqual(await linkOf(item), { to_id: risk.id, kind: 'invalidated_by' })
    assert.equal((await log.fresh(item)).status, 'unvalidated', 'people say whether it is false')
    const told = await sql<{ title: string }>(
      admin(),
      'select title from notifications where membership_id = ?',
      [log.people.team.membershipId]
    )
    assert.isTrue(told.some(({ title }) => title.includes('Not validated in time')))
    const [event] = await log.events(risk.id)
    assert.equal(event.action, 'raid_item.created')
    assert.equal((await log.events(item.id)).at(-1)!.action, 'raid_item.linked')
    const page = await (await Walk.begin(client, log.people.viewer)).open(log.urlOf(item))
    assert.include(page.text(), 'Led to')
    assert.include(page.text(), 'Not validated in time')
  })

  test('gives the draft to the manager where the owner is gone', async ({ assert }) => {
    const { manager, team } = log.people
    await assume({ ownerId: team.membershipId })
    await assume({ ownerId: team.membershipId, sensitivity: 'named_people' })
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [team.membershipId])
    await ring()
    assert.deepEqual(
      (await risks()).map((risk) => risk.owner_id),
      [manager.membershipId, null]
    )
  })

  for (const [what, attributes, age] of [
    ['whose day is today', { dueOn: inDays(0) }, 30],
    ['without a day', { dueOn: null }, 30],
    ['that was validated', { status: 'validated' }, 30],
    ['that was retired', { status: 'retired' }, 30],
    ['that came in when its day was over', {}, 0],
  ] as const) {
    test(`lets one be ${what}`, async ({ assert }) => {
      await assume(attributes, age)
      await ring()
      assert.lengthOf(await risks(), 0)
    })
  }

  for (const status of ['on_hold', 'closed', 'cancelled']) {
    test(`rests while the project is ${status}`, async ({ assert }) => {
      await assume()
      await sql(admin(), 'update projects set status = ? where id = ?', [status, log.project.id])
      await ring()
      assert.lengthOf(await risks(), 0)
    })
  }

  test('starts again with another date, and not when the draft was rejected', async ({
    assert,
    client,
  }) => {
    const item = await assume()
    await ring()
    const [risk] = await risks()
    const manager = await Walk.begin(client, log.people.manager)
    await manager.open(`${log.url}/${risk.id}`)
    await manager.submit(
      `${log.url}/${risk.id}/status`,
      { status: 'rejected', lock_version: 1 },
      'PUT'
    )
    await ring()
    assert.lengthOf(await risks(), 1)
    await log.world.inside(async () => {
      const { default: Item } = await import('#models/raid_item')
      const present = await Item.findOrFail(item.id)
      present.refersTo(log.project)
      await present.revise({ dueOn: inDays(-2) }, present.lockVersion)
    }, log.people.manager)
    await ring()
    assert.lengthOf(await risks(), 2)
  })

  test('is scored only where both factors are known, and goes to the manager where nobody owns it', async ({
    assert,
  }) => {
    await assume({ impactIfFalse: 4 })
    await ring()
    const [risk] = await risks()
    assert.include(risk, {
      current_likelihood: null,
      current_impact: null,
      owner_id: log.people.manager.membershipId,
    })
  })

  test('keeps what is kept to named people with them, and from the manager', async ({
    assert,
    client,
  }) => {
    const { team, pmo, manager } = log.people
    const item = await assume({ sensitivity: 'named_people' })
    // Raised by the manager, as everything here: make it the team member's.
    await sql(admin(), 'update raid_items set created_by = ? where id = ?', [
      team.membershipId,
      item.id,
    ])
    await log.world.inside(() =>
      RaidReader.create({ raidItemId: item.id, membershipId: pmo.membershipId })
    )
    await ring()
    const [risk] = await risks()
    assert.include(risk, { sensitivity: 'named_people', owner_id: null })
    for (const [person, status] of [
      [team, 200],
      [pmo, 200],
      [manager, 404],
    ] as const) {
      const page = await (await Walk.begin(client, person)).open(`${log.url}/${risk.id}`)
      page.assertStatus(status)
    }
  })

  test('reaches no other organisation', async ({ assert }) => {
    await assume()
    const other = await World.create('Another')
    await other.inside(draftFromExpired)
    assert.lengthOf(await risks(), 0)
  })

  test('cuts a long title between characters', async ({ assert }) => {
    await assume({ title: '🌉'.repeat(200) })
    await ring()
    const [risk] = await risks()
    assert.match(risk.title, /^Not validated in time: 🌉+…$/u)
    assert.isAtMost(risk.title.length, 200)
  })
})
