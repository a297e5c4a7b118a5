import { test } from '@japa/runner'
import { raidSections } from '#models/pack/sections/raid'
import { NOTHING } from '#models/report/record/content'
import { recordOf } from '#models/report/record/record'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { TwoProjects } from '#tests/support/two_projects'

const LONG_AGO = '2020-01-01T00:00:00.000Z'

test.group('What freezes a dependency between projects', (group) => {
  let two: TwoProjects
  group.each.setup(async () => {
    two = await TwoProjects.create()
  })

  const agreeThere = (item: RaidItem) =>
    two.log.world.inside(async () => {
      const present = await RaidItem.findOrFail(item.id)
      await present.seenFromOtherSide().answer({ answer: 'agreed' }, present.lockVersion)
    }, two.otherManager)

  test('a gate pack of either project shows both answers, and names no hidden project', async ({
    assert,
  }) => {
    const item = await two.depend()
    await two.depend({ title: 'Kept', sensitivity: 'project_leads' })
    await agreeThere(item)
    const there = await two.log.world.inside(() => raidSections(two.other))
    const [shared, ...rest] = there.raid.lists.raid
    assert.lengthOf(rest, 0)
    assert.lengthOf(there.raid_leads.lists.raid, 0)
    assert.include(shared, {
      ref: 'D1',
      direction: 'outbound',
      other_project: 'another project',
      own_answer: 'agreed',
      other_answer: 'agreed',
    })
    const here = await two.log.world.inside(() => raidSections(two.log.project))
    assert.include(here.raid.lists.raid[0], {
      ref: `${two.log.project.code}-D1`,
      direction: 'inbound',
      other_project: 'another project',
    })
  })

  test('a status report of either project shows what moved', async ({ assert }) => {
    const item = await two.depend()
    const since = { at: LONG_AGO, state: NOTHING }
    const first = await two.log.world.inside(() => recordOf(two.other, since))
    assert.deepInclude(
      first.content.moves.map(({ kind, ref }) => [kind, ref]),
      ['opened', 'D1']
    )
    await agreeThere(item)
    const next = { at: new Date().toISOString(), state: first.state }
    const second = await two.log.world.inside(() => recordOf(two.other, next))
    assert.deepEqual(
      second.content.moves.map(({ kind, from, to }) => [kind, from, to]),
      [['dependency_moved', 'proposed', 'agreed']]
    )
  })

  test('the database refuses what only one side agreed to', async ({ assert }) => {
    const item = await two.depend()
    const refused = await sql(admin(), `update raid_items set status = 'agreed' where id = ?`, [
      item.id,
    ]).catch((error) => error)
    assert.equal(refused.constraint, 'both_agree')
  })

  test('leaves the work of people when the other project is taken away', async ({ assert }) => {
    const item = await two.depend()
    await agreeThere(item)
    await two.log.world.inside(async () => {
      const present = await RaidItem.findOrFail(item.id)
      await present.revise(
        { counterpartProjectId: null, counterpartKind: 'organisation' },
        present.lockVersion
      )
    }, two.log.people.manager)
    const row = await two.log.fresh(item)
    assert.deepEqual(
      [row.home_answer, row.counterpart_answer, row.awaited_side],
      [null, null, null]
    )
    const [told] = await sql(
      admin(),
      `select title from notifications where membership_id = ? and title like '%no longer names%'`,
      [two.otherManager.membershipId]
    )
    assert.exists(told)
  })
})
