import { test } from '@japa/runner'
import { partialityOf, giveConfidence } from '#models/health/assuring'
import { computedHealth } from '#models/health/computed'
import { deliveryConfidences } from '#models/health/confidence'
import { declaredRatings } from '#models/health/declared'
import { declareRatings, type GivenRatings } from '#models/health/declaring'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import Task from '#models/task'
import { inDays, Table } from '#tests/support/table'
import { countQueries } from '#tests/support/query_count'
import { sendWhileAtWork } from '#tests/support/waiting'
import type { Person } from '#tests/support/world'

const AMBER = { rating: 'amber', reason: 'The crane is late', pathToGreen: 'Rent one' } as const

test.group('Health: declaring', (group) => {
  let table: Table

  group.each.setup(async () => {
    table = await Table.create()
  })

  const declare = (given: GivenRatings, by: Person = table.people.manager) =>
    table.world.inside(() => declareRatings(table.project, given, { by: by.membershipId }), by)
  const standing = () =>
    table.world.inside(async () =>
      (await declaredRatings([table.project.id])).get(table.project.id)!
    )

  test('keeps each dimension with its reason, and the rating before it', async ({ assert }) => {
    await declare({ cost: { rating: 'green' }, scope: AMBER })
    await declare({ cost: AMBER })
    const { cost, scope, schedule } = await standing()
    assert.equal(cost!.rating, 'amber')
    assert.equal(cost!.before, 'green')
    assert.equal(cost!.pathToGreen, 'Rent one')
    assert.equal(cost!.declaredBy, table.people.manager.membershipId)
    assert.equal(scope!.before, null)
    assert.isUndefined(schedule)
  })

  test('writes only what changed', async ({ assert }) => {
    await declare({ cost: AMBER, scope: { rating: 'green' } })
    const written = await declare({ cost: AMBER, scope: { rating: 'not_rated' } })
    assert.deepEqual(
      written.map(({ dimension }) => dimension),
      ['scope']
    )
    assert.lengthOf(await table.rows('project_ratings'), 3)
  })

  test('records once what two declare at once', async ({ assert, client }) => {
    const given = { cost_rating: 'green', scope_rating: 'not_rated' }
    const { answer } = await table.world.inside(async () => {
      await declareRatings(
        table.project,
        { cost: { rating: 'green' } },
        { by: table.people.pmo.membershipId }
      )
      return sendWhileAtWork(() =>
        client
          .post(`/projects/${table.project.id}/health/ratings`)
          .as(table.people.manager)
          .form(given)
      )
    }, table.people.pmo)
    ;(await answer).assertStatus(303)
    const rows = await table.rows('project_ratings')
    assert.deepEqual(rows.map(({ dimension }) => dimension).sort(), ['cost', 'scope'])
  })

  test('refuses amber and red without reason and path to green', async ({ assert }) => {
    const error = await declare({ cost: { rating: 'red' } }).catch((refused) => refused)
    assert.deepEqual(
      error.messages.map(({ field }: any) => field),
      ['cost_reason', 'cost_path_to_green']
    )
    assert.lengthOf(await table.rows('project_ratings'), 0)
  })

  test('asks why where it is better than computed, and keeps both', async ({ assert }) => {
    await table.dates(inDays(1), inDays(60))
    const error = await declare({ schedule: AMBER }).catch((refused) => refused)
    assert.deepEqual(
      error.messages.map(({ field, message }: any) => [field, message]),
      [['schedule_difference_reason', 'Schedule computes as red: say why you rate it amber']]
    )
    await declare({ schedule: { ...AMBER, differenceReason: 'The board moved it' } })
    const { schedule } = await standing()
    assert.equal(schedule!.computedRating, 'red')
    assert.equal(schedule!.differenceReason, 'The board moved it')
  })

  test('asks why where the records warn and nothing is said, and keeps the answer', async ({
    assert,
  }) => {
    await table.dates(inDays(1), inDays(60))
    const error = await declare({ schedule: { rating: 'not_rated' } }).catch((refused) => refused)
    assert.deepEqual(
      error.messages.map(({ field, message }: any) => [field, message]),
      [['schedule_difference_reason', 'Schedule computes as red: say why you leave it unrated']]
    )
    assert.lengthOf(await table.rows('project_ratings'), 0)
    await declare({ schedule: { rating: 'not_rated', differenceReason: 'Being planned anew' } })
    const { schedule } = await standing()
    assert.include(schedule, { rating: 'not_rated', differenceReason: 'Being planned anew' })
  })

  test('leaves what was said as it was said, whatever writes', async ({ assert }) => {
    await declare({ cost: AMBER })
    const [row] = await table.rows('project_ratings')
    await assert.rejects(
      () => table.world.inside(() => change(row.id)),
      /never changes|permission denied/
    )
  })

  test('lets assurance rate, never the manager or whoever declared a rating', async ({
    assert,
  }) => {
    const { pmo, manager } = table.people
    const auditor = await table.world.person('auditor')
    await declare({ cost: AMBER }, pmo)
    const bar = ({ membershipId }: Person) =>
      table.world.inside(() => partialityOf(table.project, membershipId))
    assert.equal(await bar(manager), 'manages')
    assert.equal(await bar(pmo), 'declared')
    assert.isNull(await bar(auditor))
    const judged = { rating: 'red', rationale: 'No crane, no bridge' } as const
    const give = (by: Person) => table.world.inside(() => giveConfidence(table.project, judged), by)
    await give(auditor)
    await assert.rejects(() => give(manager), /does not say how likely/)
    const [found] = await table.world.inside(async () => [
      ...(await deliveryConfidences([table.project.id])).values(),
    ])
    assert.containsSubset(found, { ...judged, givenBy: auditor.membershipId, before: null })
  })
})

test.group('Health: computing', (group) => {
  let table: Table

  group.each.setup(async () => {
    table = await Table.create()
  })

  const computed = () =>
    table.world.inside(async () =>
      (await computedHealth([table.project.id])).get(table.project.id)!
    )

  test('reads slips, tasks and the log of a project', async ({ assert }) => {
    const { project } = table
    const [{ membershipId }, former] = [table.people.team, await table.decider('former')]
    await table.dates(inDays(5), inDays(15))
    await table.world.inside(async () => {
      for (const assigneeId of [membershipId, former.membershipId, membershipId]) {
        await Task.add(project, { title: 'Grease it', assigneeId, dueOn: inDays(-3) })
      }
      const risk = await RaidItem.raise(project, {
        type: 'risk',
        title: 'Budget',
        category: 'financial',
        nature: 'threat',
        currentLikelihood: 5,
        currentImpact: 5,
      })
      const issue = await RaidItem.raise(project, {
        type: 'issue',
        title: 'No welders',
        severity: 4,
        urgency: 4,
      })
      const source = await RaidItem.raise(project, {
        type: 'risk',
        title: 'Few welders',
        category: 'people_organisation',
        status: 'closed',
      })
      await RaidLink.create({ fromId: source.id, toId: issue.id, kind: 'realised_as' })
      await RaidItem.raise(project, {
        type: 'issue',
        title: 'Wider deck',
        issueKind: 'request_for_change',
        severity: 5,
        urgency: 5,
        dueOn: inDays(-1),
      })
      assert.isTrue(risk.currentScore === 25)
    }, table.people.manager)
    await table.quietly(`update memberships set status = 'deactivated' where id = ?`, [
      former.membershipId,
    ])

    const health = await computed()
    const told = Object.values(health)
      .flatMap(({ dimension, reasons }) =>
        reasons.map(({ key, rating }) => `${dimension} ${key} ${rating}`)
      )
      .filter((line) => !line.endsWith('green'))
    assert.sameMembers(told, [
      'schedule gate_slip amber',
      'schedule overdue_tasks red',
      'cost risks_financial red',
      'scope change_requests red',
      'benefits unmeasured not_rated',
      'resources orphaned_tasks amber',
      'resources unowned_entries amber',
      'resources issues_people_organisation amber',
      ...['schedule', 'cost', 'scope'].map((part) => `overall ${part} red`),
    ])
  })

  test('expects what is overdue today at the earliest', async ({ assert }) => {
    await table.dates(inDays(-10), inDays(-10))
    const { schedule } = await computed()
    assert.equal(schedule.rating, 'amber')
    assert.match(schedule.reasons[0].text, /is 10 days later than its baseline/)
  })

  test('costs as many queries for many projects as for one', async ({ assert }) => {
    const { world, project } = table
    const others = [await world.project(), await world.project(), await world.project()]
    const ids = [project.id, ...others.map(({ id }) => id)]
    const look = (wanted: string[]) => () =>
      world.inside(async () => {
        const found = await computedHealth(wanted)
        await declaredRatings(wanted)
        await deliveryConfidences(wanted)
        assert.sameMembers([...found.keys()], wanted)
      })
    await look([project.id])()
    assert.equal(await countQueries(look(ids)), await countQueries(look([project.id])))
  })
})

async function change(id: string) {
  const { default: ProjectRating } = await import('#models/project_rating')
  const row = await ProjectRating.findOrFail(id)
  await row.merge({ rating: 'green' }).save()
}
