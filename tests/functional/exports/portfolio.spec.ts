import { test } from '@japa/runner'
import { giveConfidence } from '#models/health/assuring'
import { declareRatings } from '#models/health/declaring'
import { inDays, Table } from '#tests/support/table'
import { World } from '#tests/support/world'

const BAD = { reason: 'The crane is late', pathToGreen: 'Rent one' }

test.group('The portfolio as a list', () => {
  test('says of each project what its row of the grid says', async ({ assert, client }) => {
    const table = await Table.create()
    const { world, project } = table
    await table.dates(inDays(10), inDays(24))
    const by = { by: table.people.manager.membershipId }
    await world.inside(() =>
      declareRatings(project, { overall: { rating: 'red', ...BAD } as any }, by)
    )
    await world.inside(
      () => giveConfidence(project, { rating: 'amber', rationale: 'Feasible' }),
      await world.person('auditor')
    )
    const { severe_risks: severe, ...found } = (
      await client.get('/portfolio.json').as(table.people.pmo)
    )
      .body()
      .find(({ code }: { code: string }) => code === project.code)
    assert.equal(severe, 0)
    assert.containsSubset(found, {
      name: project.name,
      overall: 'red',
      cost: null,
      confidence: 'amber',
      next_gate: table.gate.name,
      next_gate_on: inDays(24),
      next_gate_baseline_on: inDays(10),
      slip_days: 14,
      lapsed_conditions: 0,
      reported_on: null,
    })
  })

  test('is narrowed as the grid is, and holds every page of it', async ({ assert, client }) => {
    const world = await World.create()
    for (let count = 0; count < 3; count++) await world.project()
    const wanted = await world.project()
    const pmo = await world.person('pmo')
    const codes = async (query: string) => {
      const response = await client.get(`/portfolio.json?${query}`).as(pmo)
      return response.body().map(({ code }: { code: string }) => code)
    }
    assert.deepEqual(await codes(`q=${wanted.code}`), [wanted.code])
    assert.lengthOf(await codes('per_page=25'), 4)
    const page = await client.get(`/portfolio?q=${wanted.code}`).as(pmo)
    assert.include(page.text(), `href="/portfolio.xlsx?q=${wanted.code}"`)
  })
})
