import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import { RaidList } from '#models/raid/list'
import { readFilters } from '#models/raid/list_filters'
import { read, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { World } from '#tests/support/world'

/** PostgreSQL plans a statement anew this often before it considers one plan for all. */
const TRIED = 5
const VISITS = 12

test.group('The plan of a log', () => {
  test('is kept also for a project that is small beside another', async ({ assert }) => {
    const world = await World.create()
    const [large, small] = [await world.project(), await world.project()]
    const manager = await world.person('manager')
    await world.inside(() => RaidItem.raise(small, { type: 'risk', title: 'Pump fails' }), manager)
    await fill(world.organisationId, large.id, 4_000)
    const viewer = await world.viewer(manager)
    const plans = await world.inside(async () => {
      const list = new RaidList(viewer, readFilters({ type: 'risk' }), small)
      for (let visit = 0; visit < VISITS; visit++) {
        await Promise.all([list.page(), list.tally()])
      }
      return read<{ anew: number }>(
        Tenancy.current().trx,
        `select custom_plans::integer as anew from pg_prepared_statements
          where statement like '%raid_items.project_id = (select%' and generic_plans + custom_plans >= ?`,
        [VISITS]
      )
    }, manager)
    assert.isAtLeast(plans.length, 2)
    for (const { anew } of plans) assert.isAtMost(anew, TRIED)
  })
})

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
