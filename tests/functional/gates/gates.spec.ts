import { test } from '@japa/runner'
import Gate from '#models/gate'
import LifecycleTemplate from '#models/lifecycle_template'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'
import type { Role } from '#policies/permissions'

test.group('Gates of a project', (group) => {
  let world: World
  let project: Project
  let gate: Gate
  let base: string

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    ;[gate] = await world.inside(() => Gate.of(project).exec())
    base = `/projects/${project.id}/gates`
  })

  const walk = async (client: any, role: Role | 'stranger' = 'manager') =>
    Walk.begin(client, await world.person(role))
  const present = () => world.inside(() => Gate.findOrFail(gate.id))
  const date = (changes: Partial<Gate>) =>
    world.inside(async () => {
      const row = await Gate.findIn(project, gate.id)
      await row.merge(changes as any).save()
    })

  /** Opens the form of the dates as the manager and sends it with these changes. */
  const saveDates = async (client: any, fields: Record<string, unknown>) => {
    const manager = await walk(client)
    await manager.open(`${base}/${gate.id}/dates/edit`)
    const shown = { lock_version: (await present()).lockVersion }
    return manager.submitAndFollow(`${base}/${gate.id}/dates`, { ...shown, ...fields }, 'PUT')
  }

  test('are in a table beside the timeline, with their slip in words', async ({
    assert,
    client,
  }) => {
    const dates = { firstBaselineOn: '2099-03-01', baselineOn: '2099-03-01' }
    await date({ ...dates, forecastOn: '2099-03-13' })
    const page = await (await walk(client, 'viewer')).open(base)
    page.assertStatus(200)
    assert.include(page.text(), '12 days late')
    assert.include(
      page.text(),
      `${project.code}-G1 Start: baseline 1 Mar 2099, forecast 13 Mar 2099`
    )
    assert.include(page.text(), 'Finish')
    assert.notInclude(page.text(), 'Stage dates')
  })

  test('without any date say what to do, and draw nothing', async ({ assert, client }) => {
    const page = await (await walk(client)).open(base)
    assert.include(page.text(), 'Set the gate dates')
    assert.notInclude(page.text(), '<figure')
  })

  test('explain what a lifecycle is where there is none', async ({ assert, client }) => {
    await world.inside(async () => {
      for (const one of await LifecycleTemplate.offered()) await one.retire(one.lockVersion)
    })
    const without = await world.project()
    const page = await (await walk(client)).open(`/projects/${without.id}/gates`)
    assert.include(page.text(), 'No gates yet')
  })

  test('show their criteria with what a rule found', async ({ assert, client }) => {
    const [, go] = await world.inside(() => Gate.of(project).exec())
    await world.inside(() =>
      RaidItem.raise(project, {
        type: 'risk',
        nature: 'threat',
        title: 'Flood',
        currentLikelihood: 5,
        currentImpact: 5,
      })
    )
    const page = await (await walk(client, 'team')).open(`${base}/${go.id}`)
    page.assertStatus(200)
    assert.include(page.text(), 'Scope and acceptance criteria are agreed')
    assert.include(page.text(), '1 severe risk lacks an owner or a response')
    assert.include(page.text(), 'evidence required')
  })

  test('show on their readiness page what blocks and what warns, with links', async ({
    assert,
    client,
  }) => {
    const page = await (await walk(client, 'viewer')).open(`${base}/${gate.id}/readiness`)
    page.assertStatus(200)
    assert.include(page.text(), '3 things to fix before submission')
    assert.include(page.text(), 'Blocks submission (3)')
    assert.include(page.text(), `${base}/${gate.id}/criteria/`)
  })

  test('ask to assess a criterion only whoever may; others open it', async ({ assert, client }) => {
    const address = `${base}/${gate.id}/readiness`
    const labels = async (role: 'manager' | 'viewer' | 'team') => {
      const page = (await (await walk(client, role)).open(address)).text()
      return ['Assess: ', 'Open criterion: '].map((label) => page.split(`"${label}`).length - 1)
    }
    const [asked] = await labels('manager')
    assert.isAbove(asked, 1)
    assert.deepEqual(await labels('manager'), [asked, 0])
    assert.deepEqual(await labels('viewer'), [0, asked])
    const { membershipId } = await world.person('team')
    await quietly(`update gate_criteria set owner_id = ? where gate_id = ? and position = 1`, [
      membershipId,
      gate.id,
    ])
    assert.deepEqual(await labels('team'), [1, asked - 1])
  })

  test('do not name a record that the viewer may not see', async ({ assert, client }) => {
    await world.inside(
      async () => {
        await RaidItem.raise(project, {
          type: 'risk',
          nature: 'threat',
          title: 'A secret flood',
          currentLikelihood: 5,
          currentImpact: 5,
          sensitivity: 'project_leads',
        })
      },
      await world.person('manager')
    )
    const address = `${base}/${gate.id}/readiness`
    const mine = await (await walk(client, 'manager')).open(address)
    assert.include(mine.text(), 'A secret flood')
    const theirs = await (await walk(client, 'team')).open(address)
    assert.notInclude(theirs.text(), 'A secret flood')
    assert.include(theirs.text(), '1 record that you cannot see')
  })

  test('get their dates in one event; the baseline is set once', async ({ assert, client }) => {
    const dates = { baseline_on: '2099-03-01', forecast_on: '2099-03-05' }
    const page = await saveDates(client, dates)
    assert.include(page.text(), 'were saved')
    const row = await present()
    assert.deepInclude(row.$attributes, {
      firstBaselineOn: '2099-03-01',
      baselineOn: '2099-03-01',
      forecastOn: '2099-03-05',
      lockVersion: 2,
    })
    assert.deepEqual(await actions(), ['gate.rescheduled'])
    const refused = await saveDates(client, { baseline_on: '2099-04-01' })
    assert.include(refused.text(), 'Set a new baseline, with its reason')
    assert.equal((await present()).baselineOn, '2099-03-01')
  })

  test('record nothing when their dates are saved unchanged', async ({ assert, client }) => {
    await saveDates(client, { baseline_on: '', forecast_on: '' })
    assert.isEmpty(await actions())
  })

  test('a day that does not exist is refused, and what was typed stays', async ({
    assert,
    client,
  }) => {
    const page = await saveDates(client, { forecast_on: '2099-02-30' })
    assert.include(page.text(), 'Enter a real date')
    assert.include(page.text(), 'value="2099-02-30"')
    assert.isNull((await present()).forecastOn)
  })

  test('move their baseline for a reason, and keep the first', async ({ assert, client }) => {
    await date({ firstBaselineOn: '2099-03-01', baselineOn: '2099-03-01' })
    const manager = await walk(client)
    await manager.open(`${base}/${gate.id}/baselines/create`)
    const address = `${base}/${gate.id}/baselines`
    const silent = { baseline_on: '2099-05-01', baseline_reason: ' ', lock_version: 1 }
    const refused = await manager.submitAndFollow(address, silent)
    assert.include(refused.text(), 'Enter a reason for the new baseline')
    assert.equal((await present()).baselineOn, '2099-03-01')
    const given = { ...silent, baseline_reason: 'The permit came late' }
    const page = await manager.submitAndFollow(address, given)
    assert.include(page.text(), 'The permit came late')
    assert.include(page.text(), 'moved the baseline of')
    assert.deepInclude((await present()).$attributes, {
      firstBaselineOn: '2099-03-01',
      baselineOn: '2099-05-01',
      baselineReason: 'The permit came late',
    })
    assert.include(await actions(), 'gate.rebaselined')
  })

  test('without a baseline there is none to move', async ({ assert, client }) => {
    const manager = await walk(client)
    await manager.open(`${base}/${gate.id}/baselines/create`)
    const page = await manager.submitAndFollow(`${base}/${gate.id}/baselines`, {
      baseline_on: '2099-05-01',
      baseline_reason: 'Late',
      lock_version: 1,
    })
    assert.include(page.text(), 'This gate has no baseline yet')
  })

  test('keep their dates once they are decided', async ({ assert, client }) => {
    await date({ status: 'decided', firstBaselineOn: '2099-03-01', baselineOn: '2099-03-01' })
    const page = await saveDates(client, { forecast_on: '2099-03-05' })
    assert.include(page.text(), 'The gate is decided')
    assert.isNull((await present()).forecastOn)
  })

  test('of two people who date one gate the later sees both versions', async ({
    assert,
    client,
  }) => {
    const [first, second] = [await walk(client), await walk(client, 'pmo')]
    const address = `${base}/${gate.id}/dates`
    for (const person of [first, second]) await person.open(`${address}/edit`)
    await first.submit(address, { forecast_on: '2099-03-05', lock_version: 1 }, 'PUT')
    const page = await second.submit(
      address,
      { forecast_on: '2099-03-09', lock_version: 1, base: '{"forecastOn":null}' },
      'PUT'
    )
    page.assertStatus(409)
    assert.include(page.text(), '5 Mar 2099')
    assert.include(page.text(), '9 Mar 2099')
    assert.equal((await present()).forecastOn, '2099-03-05')
    const done = await second.submitAndFollow(
      address,
      { forecast_on: '2099-03-09', lock_version: 2 },
      'PUT'
    )
    done.assertStatus(200)
    assert.equal((await present()).forecastOn, '2099-03-09')
  })

  test('their stages get dates, which must be in order', async ({ assert, client }) => {
    const manager = await walk(client)
    const address = `/projects/${project.id}/stages/${gate.stageId}`
    await manager.open(`${address}/edit`)
    const wrong = {
      forecast_start_on: '2099-03-05',
      forecast_end_on: '2099-03-01',
      lock_version: 1,
    }
    const refused = await manager.submitAndFollow(address, wrong, 'PUT')
    assert.include(refused.text(), 'Enter an end date on or after the start date')
    const ended = { actual_end_on: '2099-03-05', lock_version: 1 }
    const incomplete = await manager.submitAndFollow(address, ended, 'PUT')
    assert.include(incomplete.text(), 'Enter when it started')
    const right = { ...wrong, forecast_end_on: '2099-04-01' }
    const page = await manager.submitAndFollow(address, right, 'PUT')
    const shown = page.text().replaceAll(/<[^>]+>/g, '')
    assert.include(shown, '5 Mar 2099 to 1 Apr 2099')
    assert.deepEqual(await actions('stage'), ['stage.rescheduled'])
  })

  test('are on the strip of the project’s home, with what is late', async ({ assert, client }) => {
    const dates = { firstBaselineOn: '2099-03-01', baselineOn: '2099-03-01' }
    await date({ ...dates, forecastOn: '2099-03-02' })
    const page = await (await walk(client, 'viewer')).open(`/projects/${project.id}`)
    assert.include(page.text(), `${base}/${gate.id}`)
    assert.include(page.text(), '1 day late')
  })

  for (const role of ['owner', 'auditor', 'sponsor', 'team', 'viewer'] as const) {
    test(`a ${role} reads and dates nothing`, async ({ assert, client }) => {
      const person = await world.person(role)
      const read = await client.get(`${base}/${gate.id}`).as(person)
      read.assertStatus(200)
      const written = await client
        .put(`${base}/${gate.id}/dates`)
        .form({ forecast_on: '2099-03-05', lock_version: 1 })
        .as(person)
      written.assertStatus(403)
      assert.isNull((await present()).forecastOn)
    })
  }

  test('a gate of another project is not found in this one', async ({ assert, client }) => {
    const other = await world.project()
    const address = `/projects/${other.id}/gates/${gate.id}`
    const manager = await world.person('manager')
    for (const path of ['', '/readiness', '/dates/edit', '/baselines/create']) {
      const answer = await client.get(address + path).as(manager)
      answer.assertStatus(404)
    }
    const written = await client
      .put(`${address}/dates`)
      .form({ forecast_on: '2099-03-05', lock_version: 1 })
      .as(manager)
    written.assertStatus(404)
    assert.isNull((await present()).forecastOn)
  })

  test('strangers and other organisations find nothing', async ({ client }) => {
    const elsewhere = await (await World.create()).person('owner')
    for (const person of [await world.person('stranger'), elsewhere]) {
      for (const path of ['', `/${gate.id}`, `/${gate.id}/readiness`]) {
        const answer = await client.get(base + path).as(person)
        answer.assertStatus(404)
      }
    }
  })

  test('take as many queries for six gates as for three', async ({ assert, client }) => {
    const viewer = await world.person('viewer')
    const visit = () => client.get(base).as(viewer)
    await visit()
    const few = await countQueries(visit)
    const uk = await world.inside(() =>
      LifecycleTemplate.offered().where('name', 'UK Gate 0-5').firstOrFail()
    )
    const big = await world.inside(() =>
      Project.begin({ code: 'BIG', name: 'Big', visibility: 'organisation' }, uk)
    )
    assert.equal(await countQueries(() => client.get(`/projects/${big.id}/gates`).as(viewer)), few)
  })

  async function actions(type = 'gate') {
    const rows = await sql(
      admin(),
      'select action from audit.events where project_id = ? and entity_type = ? order by seq',
      [project.id, type]
    )
    return rows.map(({ action }) => action).filter((action) => action !== 'gate.updated')
  }
})
