import { test } from '@japa/runner'
import Gate from '#models/gate'
import { calendarPeriod, gatesBetween, readCalendarFilters } from '#models/gate/calendar'
import type Project from '#models/project'
import PersonFlag, { WITHHELD } from '#models/person_flag'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { countQueries } from '#tests/support/query_count'
import { inDays, Table } from '#tests/support/table'
import { World } from '#tests/support/world'

test.group('Gates across projects', (group) => {
  let table: Table
  let world: World

  group.each.setup(async () => {
    table = await Table.create()
    world = table.world
    await table.seat({ chair: 'chair', one: 'decider', two: 'adviser' })
    await date(table.project, 0, { forecastOn: inDays(3), baselineOn: inDays(1) })
  })

  const date = (project: Project, index: number, dates: Partial<Gate>) =>
    world.inside(async () => {
      const gate = (await Gate.of(project))[index].refersTo(project)
      const first = { firstBaselineOn: dates.baselineOn ?? null }
      await gate.merge({ ...first, ...dates } as any).save()
    })
  const open = async (client: any, role: any, query = '') =>
    client.get(`/gates${query}`).as(await world.person(role))

  test('are listed by month, with their slip and deciders', async ({ assert, client }) => {
    const page = await open(client, 'pmo')
    page.assertStatus(200)
    for (const text of [`${table.project.code}-G1`, '2 days late', 'sponsor person (chair)']) {
      assert.include(page.text(), text)
    }
    assert.notInclude(page.text(), `${table.project.code}-G2`, 'a gate without a date')
  })

  test('name nobody who restricted their data in what others take out', async ({
    assert,
    client,
  }) => {
    const { one } = table.sitting
    await Tenancy.system(PLATFORM, () =>
      PersonFlag.raise(one.userId, 'restricted', { setBy: 'desk' })
    )
    const taken = await client.get('/gates.csv').as(await world.person('pmo'))
    assert.include(taken.text(), WITHHELD)
    assert.notInclude(taken.text(), one.name)
    const own = await client.get('/gates.csv').as(one)
    assert.include(own.text(), one.name)
  })

  test('what should have been decided stays in sight until it is', async ({ assert, client }) => {
    await date(table.project, 1, { forecastOn: inDays(-90) })
    const shown = await open(client, 'pmo')
    assert.include(shown.text(), 'overdue')
    assert.include(shown.text(), `${table.project.code}-G2`)
    await date(table.project, 1, { forecastOn: inDays(-90), status: 'decided' })
    const gone = await open(client, 'pmo')
    assert.notInclude(gone.text(), `${table.project.code}-G2`)
    const all = await open(client, 'pmo', '?state=all')
    assert.include(all.text(), `${table.project.code}-G2`)
  })

  test('are exported as filtered, batch by batch, and only as far as one may see', async ({
    assert,
    client,
  }) => {
    const other = await Table.in(world)
    await date(other.project, 0, { forecastOn: inDays(5) })
    const take = async (role: any, query = '') =>
      (await client.get(`/gates.json${query}`).as(await world.person(role))).body()
    const all = await take('pmo')
    assert.deepEqual(
      all.map(({ ref }: any) => ref),
      [`${table.project.code}-G1`, `${other.project.code}-G1`]
    )
    assert.include(all[0], { slip_days: 2, forecast_on: inDays(3), status: 'planned' })
    assert.include(all[0].deciders, 'sponsor person (chair)')
    const { membershipId } = table.sitting.one
    assert.lengthOf(await take('pmo', `?decider=${membershipId}`), 1)
    assert.deepEqual(await take('stranger'), [])
    const rest = await world.inside(async () => {
      const viewer = await world.viewer(await world.person('pmo'))
      const filters = readCalendarFilters({})
      const [first] = await gatesBetween(viewer, filters, calendarPeriod(filters), { size: 1 })
      const after: [string, string] = [first.on, first.id]
      return gatesBetween(viewer, filters, calendarPeriod(filters), { after, size: 1 })
    })
    assert.deepEqual(
      rest.map(({ code }) => code),
      [other.project.code]
    )
  })

  test('narrow to one decider, and to oneself', async ({ assert, client }) => {
    const other = await Table.in(world)
    await date(other.project, 0, { forecastOn: inDays(5) })
    const { membershipId } = table.sitting.one
    const page = await open(client, 'pmo', `?decider=${membershipId}`)
    assert.include(page.text(), `${table.project.code}-G1`)
    assert.notInclude(page.text(), `${other.project.code}-G1`)
    const mine = await open(client, 'sponsor', '?decider=me')
    assert.include(mine.text(), `${table.project.code}-G1`)
    assert.notInclude(mine.text(), `${other.project.code}-G1`)
  })

  test('count for those who decide, not for advisers', async ({ assert, client }) => {
    const page = await open(client, 'pmo')
    const load = page.text().split('<tbody>').at(-1)!
    assert.include(load, table.sitting.one.name)
    assert.notInclude(load, table.sitting.two.name)
  })

  test('show only those of projects that one may see', async ({ assert, client }) => {
    await world.inside(async () => {
      const project = await table.present()
      await project.merge({ visibility: 'members' }).save()
    })
    const page = await open(client, 'stranger')
    page.assertStatus(200)
    assert.notInclude(page.text(), `${table.project.code}-G1`)
    assert.notInclude(page.text(), table.sitting.one.name)
    const elsewhere = await (await World.create()).person('owner')
    const theirs = await client.get('/gates').as(elsewhere)
    assert.notInclude(theirs.text(), `${table.project.code}-G1`)
  })

  test('page through the months, and ignore nonsense', async ({ assert, client }) => {
    await date(table.project, 1, { forecastOn: '2090-03-04' })
    const far = await open(client, 'pmo', '?from=2090-01')
    assert.include(far.text(), 'March 2090')
    assert.include(far.text(), `${table.project.code}-G2`)
    assert.notInclude(far.text(), `${table.project.code}-G1`)
    for (const query of ['?from=2090-13', '?from=x&decider=y&state=z', '?decider[]=1']) {
      const page = await open(client, 'pmo', query)
      page.assertStatus(200)
    }
  })

  test('take as many queries for many gates as for few', async ({ assert, client }) => {
    const pmo = await world.person('pmo')
    const visit = () => client.get('/gates').as(pmo)
    await visit()
    const few = await countQueries(visit)
    for (let count = 0; count < 4; count++) {
      const project = await world.project()
      for (const index of [0, 1, 2]) await date(project, index, { forecastOn: inDays(9 + index) })
    }
    assert.equal(await countQueries(visit), few)
  })
})
