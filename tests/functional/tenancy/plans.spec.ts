import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { planOnce } from '#tenancy/plans'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import Gate from '#models/gate'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { countQueries } from '#tests/support/query_count'
import { World, type Person } from '#tests/support/world'

const NUMBERS = 'select number from unnest(?::integer[]) as number'

/** So often a text is asked for after the first time, from which on it is a prepared statement. */
const AGAIN = 3

test.group('Statements of a page that plans them once', (group) => {
  let world: World
  let project: Project
  let manager: Person

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
  })

  test('are planned for any values, until the transaction ends', async ({ assert }) => {
    const planned = async (text: string) => {
      for (let count = 0; count <= AGAIN; count++) await ask(text)
      return plansOf(text)
    }
    await world.inside(async () => {
      assert.isAbove((await planned(`${NUMBERS} -- before`)).custom, 0)
      planOnce()
      assert.deepEqual(await planned(`${NUMBERS} -- after`), { generic: AGAIN, custom: 0 })
    })
    await world.inside(async () => {
      const [{ mode }] = await read(
        Tenancy.current().trx,
        `select current_setting('plan_cache_mode') as mode`
      )
      assert.equal(mode, 'auto')
    })
  })

  test('are those of the pages of a person, a project, an entry and a gate', async ({
    assert,
    client,
  }) => {
    const [item, gate] = await world.inside(async () => {
      const raised = await RaidItem.raise(project, { type: 'risk', title: 'Pump fails' })
      return [raised, (await Gate.of(project))[0]]
    }, manager)
    const home = `/projects/${project.id}`
    for (const path of ['/work', home, `${home}/raid/${item.id}`, `${home}/gates/${gate.id}`]) {
      assert.equal(await countQueries(visit(client, path), /plan_cache_mode/), 1, path)
    }
    assert.equal(await countQueries(visit(client, '/search?q=pump'), /plan_cache_mode/), 0)
  })

  function visit(client: ApiClient, path: string) {
    return () => client.get(path).as(manager)
  }

  function ask(text: string) {
    return read(Tenancy.current().trx, text, [[1, 2, 3]])
  }

  /** Of the transaction's connection. A text has a name from the second time on. */
  async function plansOf(text: string) {
    const [plans] = await read(
      Tenancy.current().trx,
      `select generic_plans::integer as generic, custom_plans::integer as custom
         from pg_prepared_statements where statement = ?`,
      [text.replace('?', '$1')]
    )
    return plans
  }
})
