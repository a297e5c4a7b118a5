import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import { RaidList } from '#models/raid/list'
import { readFilters } from '#models/raid/list_filters'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { statementsOf } from '#tests/support/query_count'
import { World } from '#tests/support/world'

/** PostgreSQL plans a statement anew this often before it considers one plan for all. */
const TRIED = 5
const VISITS = 12

test.group('The plan of a log', () => {
  test('stays generic for a project that is small beside another', async ({ assert }) => {
    const world = await World.create()
    const [large, small] = [await world.project(), await world.project()]
    const manager = await world.person('manager')
    await world.inside(() => RaidItem.raise(small, { type: 'risk', title: 'Pump fails' }), manager)
    await fill(world.organisationId, large.id, 4_000)
    const viewer = await world.viewer(manager)
    const plans = await world.inside(async () => {
      const list = new RaidList(viewer, readFilters({ type: 'risk' }), small)
      const statements = await statementsOf(() => Promise.all([list.page(), list.tally()]))
      return Promise.all([...statements].map(plannedAnew))
    }, manager)
    assert.lengthOf(plans, 2)
    for (const anew of plans) assert.isAtMost(anew, TRIED)
  })
})

/** How often PostgreSQL plans a statement anew that is asked for again and again, as a connection would that keeps it. */
async function plannedAnew([text, values]: [string, unknown[]], index: number): Promise<number> {
  const { trx } = Tenancy.current()
  const name = `plans_${index}`
  const types = values.map(() => 'unknown').join(', ')
  const given = values.map((value) => (value === null ? 'null' : `'${String(value)}'`)).join(', ')
  await sql(trx, `prepare ${name} (${types}) as ${text}`)
  for (let visit = 0; visit < VISITS; visit++) await sql(trx, `execute ${name} (${given})`)
  const [{ anew }] = await sql(
    trx,
    'select custom_plans::integer as anew from pg_prepared_statements where name = ?',
    [name]
  )
  return anew
}

/** So many entries of a project, of which the database's statistics know. */
async function fill(organisation: string, project: string, count: number) {
  await sql(
    admin(),
    `insert into raid_items (organisation_id, id, project_id, type, number, title, status, raised_on, nature)
     select ?, gen_random_uuid(), ?, 'risk', 1000 + number, 'Filler', 'open', current_date, 'threat'
       from generate_series(1, ?) as number`,
    [organisation, project, count]
  )
  await sql(admin(), 'analyze raid_items')
}
