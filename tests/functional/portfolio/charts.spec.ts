import { test } from '@japa/runner'
import { weeklyFlow } from '#models/charts/flow'
import { assumptionBurnDown } from '#models/charts/assumptions'
import { ratingsByMonth } from '#models/charts/ratings'
import { declareRatings } from '#models/health/declaring'
import Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { beginProgramme } from '#tests/support/populated/portfolio'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const SEVERE = { nature: 'threat', currentLikelihood: 5, currentImpact: 5 }

test.group('Charts', (group) => {
  let table: Table
  let pmo: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    pmo = await Walk.begin(context.client, table.people.pmo)
  })

  const url = () => `${table.base}/charts`
  const scope = async () => ({
    viewer: await table.world.viewer(table.people.pmo),
    project: table.project,
  })

  test('of a project draw each subject with its table, and lead to the records', async ({
    assert,
  }) => {
    await table.dates(inDays(10), inDays(24))
    await table.raise('risk', SEVERE)
    await table.raise('assumption', { impactIfFalse: 4, confidence: 'low', dueOn: inDays(20) })
    const { membershipId: by } = table.people.manager
    await table.world.inside(() =>
      declareRatings(table.project, { cost: { rating: 'green' } }, { by })
    )
    const text = (await pmo.open(url())).text()
    for (const title of [
      'Open risks by likelihood and impact',
      'Declared ratings over time',
      'Gates against their baselines',
      'RAID entries opened and closed by week',
      'How long open entries have been open',
      'Assumption burn-down',
    ]) {
      assert.include(text, title)
    }
    assert.equal(text.split('As a table<').length - 1, 5)
    assert.include(text, `raid?type=risk&amp;state=open&amp;likelihood=5&amp;impact=5`)
    assert.include(text, `href="${table.urlAt()}" aria-label=`)
    assert.include(text, '1 of 1 is later than planned')
    assert.include(text, '1 assumption rests unvalidated')
  })

  test('count what came and went by week, and what stays open', async ({ assert }) => {
    const raised = async (raisedOn: string) => table.raise('issue', { raisedOn })
    await raised(inDays(-400))
    const old = await raised(inDays(-21))
    await raised(inDays(0))
    await sql(admin(), `update raid_items set status = 'closed', closed_on = ? where id = ?`, [
      inDays(-7),
      old.id,
    ])
    const asked = await scope()
    const flow = await table.world.inside(() => weeklyFlow(asked, { weeks: 6 }))
    assert.deepEqual(
      flow.map(({ opened, closed, openAtEnd }) => [opened, closed, openAtEnd]),
      [
        [0, 0, 1],
        [0, 0, 1],
        [1, 0, 2],
        [0, 0, 2],
        [0, 1, 1],
        [1, 0, 2],
      ]
    )
  })

  test('draw the validation of assumptions by their dates', async ({ assert }) => {
    const assume = (dueOn: string | null) => table.raise('assumption', { dueOn })
    await assume(inDays(-3))
    await assume(inDays(20))
    await assume(null)
    const asked = await scope()
    const { was, will, overdue, undated } = await table.world.inside(() =>
      assumptionBurnDown(asked)
    )
    assert.equal(was.at(-1)!.count, 3)
    assert.equal(will[0].count, 3)
    assert.equal(will[1].count, 2)
    assert.equal(will.at(-1)!.count, 1)
    assert.deepEqual([overdue, undated], [1, 1])
  })

  test('count projects by the rating that stood at each month’s end', async ({ assert }) => {
    const { membershipId: by } = table.people.manager
    await table.world.inside(() =>
      declareRatings(table.project, { overall: { rating: 'green' } }, { by })
    )
    const { viewer } = await scope()
    const months = await table.world.inside(() => ratingsByMonth({ viewer }))
    assert.lengthOf(months, 12)
    assert.equal(months.at(-1)!.counts.green, 1)
    assert.equal(
      Object.values(months[0].counts).reduce((a, b) => a + b),
      0
    )
  })

  test('show no project or entry that the reader may not see', async ({ assert, client }) => {
    await table.raise('risk', { ...SEVERE, sensitivity: 'project_leads' })
    const stranger = await Walk.begin(client, table.people.stranger)
    ;(await stranger.open(url())).assertStatus(404)
    const none = (await stranger.open('/portfolio/charts')).text()
    assert.include(none, '0 entries are open')
    assert.include(none, 'Today 0 red, 0 amber, 0 green, 0 without a rating')
    const team = await Walk.begin(client, table.people.team)
    const known = (await team.open(url())).text()
    assert.include(known, '0 entries are open')
    const abroad = await Walk.begin(client, await (await World.create()).person('pmo'))
    ;(await abroad.open(url())).assertStatus(404)
    assert.include((await abroad.open('/portfolio/charts')).text(), 'Today 0 red')
  })

  test('of the portfolio can be narrowed to a programme', async ({ assert }) => {
    await table.raise('risk', SEVERE)
    const other = await table.world.project()
    const { id } = await table.world.inside(async () => {
      const programme = await beginProgramme()
      await programme.take(await Project.findOrFail(other.id))
      return programme
    })
    const all = (await pmo.open('/portfolio/charts')).text()
    assert.include(all, '1 entry is open')
    assert.include(all, 'Today 0 red, 0 amber, 0 green, 2 without a rating')
    const one = (await pmo.open(`/portfolio/charts?programme=${id}`)).text()
    assert.include(one, '0 entries are open')
    assert.include(one, 'Today 0 red, 0 amber, 0 green, 1 without a rating')
    ;(await pmo.open('/portfolio/charts?programme=x')).assertStatus(200)
  })

  test('cost as many queries for many projects as for few', async ({ assert }) => {
    const visit = () => pmo.open('/portfolio/charts')
    await visit()
    const few = await countQueries(visit)
    for (let count = 0; count < 4; count++) await table.world.project()
    await table.raise('risk', SEVERE)
    assert.equal(await countQueries(visit), few)
  })
})
