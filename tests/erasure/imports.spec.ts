import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { jobs } from '#jobs/index'
import { LARGE_FROM } from '#models/import/work'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { canary, dumpHits, erase, removing } from '#tests/support/erasure'
import { eventually } from '#tests/support/eventually'
import { idOf, LargeImporting, logOf } from '#tests/support/large_imports'
import { World } from '#tests/support/world'

/** Somebody whose large file names them. */
async function importing() {
  const world = await World.create('Canary Imports')
  const project = await world.project()
  const person = await canary()
  const here = new LargeImporting(world, project, await world.join(person, 'pmo'))
  const log = (rows = LARGE_FROM) => logOf(rows).replace('Crane 1 ', `Crane of ${person.name} `)
  return { world, project, person, here, log }
}

test.group('Whoever is erased while their large import', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  const items = (world: World) =>
    world.inside(async () => (await RaidItem.query().count('* as total'))[0].$extras.total)
  const row = async (path: string) =>
    (await sql(admin(), 'select status, problem, file from imports where id = ?', [idOf(path)]))[0]

  test('waits for a worker, takes it along: nothing of the file stays, and the job does nothing', async ({
    assert,
    client,
  }) => {
    const { world, project, person, here, log } = await importing()
    const path = await here.upload(client, log())
    await here.execute(client, path)
    assert.equal((await row(path)).status, 'executing')
    const { outcome } = await erase(person)
    assert.deepEqual(outcome, { status: 'finished' })
    assert.isUndefined(await row(path))
    assert.deepEqual(await dumpHits([person.name, person.email]), [])
    await here.work(path)
    assert.equal(Number(await items(world)), 0)
    const told = await sql(
      admin(),
      `select 1 from notifications where organisation_id = ? and kind = 'import_ended'`,
      [world.organisationId]
    )
    assert.isEmpty(told)
    const next = new LargeImporting(world, project, await world.person('manager'))
    const after = await next.ask(client)
    await next.work(after)
    assert.equal(Number(await items(world)), LARGE_FROM)
  })

  test('is being done, leaves the project all of it or nothing', async ({ assert, client }) => {
    const { world, person, here, log } = await importing()
    const path = await here.upload(client, log(1500))
    await here.execute(client, path)
    const work = here.work(path).catch((error) => error)
    await eventually(async () => (await here.row(path)).partsDone > 0)
    await erase(person)
    await work
    const count = Number(await items(world))
    const left = await row(path)
    assert.include([0, 1500], count)
    assert.equal(left?.status, count === 0 ? undefined : 'imported')
    assert.isNull(left?.file ?? null)
  })

  test('was to be undone for them, leaves it as it was imported', async ({ assert, client }) => {
    const { world, person, project, here } = await importing()
    const theirs = new LargeImporting(world, project, await world.person('manager'))
    const path = await theirs.ask(client)
    await theirs.work(path)
    const answer = await client.post(`${path}/reversal`).as(here.person)
    answer.assertHeader('location', path)
    await erase(person)
    const [payload] = (await here.waiting(path)).slice(-1)
    await jobs.work_on_import.run(payload)
    const { status, problem } = await row(path)
    assert.deepEqual({ status, problem }, { status: 'imported', problem: 'access' })
    assert.equal(Number(await items(world)), LARGE_FROM)
  })
})
