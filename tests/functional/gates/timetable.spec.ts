import { test } from '@japa/runner'
import Gate from '#models/gate'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'
import type { Role } from '#policies/permissions'

test.group('Dates of all gates', (group) => {
  let world: World
  let project: Project
  let manager: Walk
  let address: string

  group.each.setup(async ({ context }) => {
    world = await World.create()
    project = await world.project()
    address = `/projects/${project.id}/timetable`
    manager = await Walk.begin(context.client, await world.person('manager'))
  })

  const gates = () => world.inside(() => Gate.of(project).exec())
  const write = async (index: number, changes: Partial<Gate>) => {
    const gate = (await gates())[index]
    await world.inside(async () => {
      const row = await Gate.findIn(project, gate.id)
      await row.merge({ ...changes, lockVersion: row.lockVersion + 1 } as any).save()
    })
  }
  const events = () =>
    sql<{ action: string }>(
      admin(),
      "select action from audit.events where organisation_id = ? and action = 'gate.rescheduled'",
      [world.organisationId]
    )
  /** What the form sends, as it was opened, but for these changes. */
  const form = async () => {
    const fields = (await gates()).flatMap(({ number, baselineOn, forecastOn, lockVersion }) => [
      [`shown_${number}`, `${baselineOn ?? ''}/${forecastOn ?? ''}`],
      [`lock_version_${number}`, lockVersion],
      ...(baselineOn ? [] : [[`baseline_on_${number}`, '']]),
      [`forecast_on_${number}`, forecastOn ?? ''],
    ])
    return Object.fromEntries(fields) as Record<string, unknown>
  }
  const save = async (fields: Record<string, unknown>, walk = manager) =>
    walk.submitAndFollow(address, fields, 'PUT')

  test('are set together, with one event for each that changed', async ({ assert }) => {
    const page = (await manager.open(`/projects/${project.id}/gates`)).text()
    assert.match(page, new RegExp(`href="${address}/edit"[^]*Set gate dates`))
    const [first, second, third] = await gates()
    await manager.open(`${address}/edit`)
    const saved = await save({
      ...(await form()),
      [`baseline_on_${first.number}`]: '2030-03-01',
      [`forecast_on_${first.number}`]: '2030-03-08',
      [`forecast_on_${second.number}`]: '2030-06-01',
    })
    assert.match(saved.text(), /The dates of \S+-G1 and \S+-G2 were saved\./)
    const rows = await gates()
    assert.deepInclude(rows[0].$attributes, {
      firstBaselineOn: '2030-03-01',
      baselineOn: '2030-03-01',
      forecastOn: '2030-03-08',
    })
    assert.equal(rows[1].forecastOn, '2030-06-01')
    assert.equal(rows[2].lockVersion, third.lockVersion)
    assert.lengthOf(await events(), 2)
    assert.include((await save(await form())).text(), 'No dates were changed.')
    assert.lengthOf(await events(), 2)
  })

  test('keep what others changed meanwhile, and ask where both did', async ({ assert }) => {
    const opened = await form()
    await write(0, { forecastOn: '2031-01-01' })
    await write(1, { forecastOn: '2031-02-01' })
    await manager.open(`${address}/edit`)
    const refused = await save({
      ...opened,
      forecast_on_2: '2031-02-15',
      forecast_on_3: '2031-05-01',
    })
    assert.match(
      refused.text(),
      /Someone else changed \S+-G2: baseline not set, forecast 1 Feb 2031/
    )
    assert.include(refused.text(), 'value="2031-02-15"')
    assert.isNull((await gates())[2].forecastOn)
    await save({ ...(await form()), forecast_on_2: '2031-02-15' })
    const rows = await gates()
    assert.equal(rows[0].forecastOn, '2031-01-01')
    assert.equal(rows[1].forecastOn, '2031-02-15')
  })

  test('are refused beside their field, and stay as they were typed', async ({ assert }) => {
    await write(0, { firstBaselineOn: '2030-03-01', baselineOn: '2030-03-01' })
    await manager.open(`${address}/edit`)
    const page = await save({
      ...(await form()),
      forecast_on_2: '2030-02-31',
      forecast_on_3: '2030-09-01',
    })
    assert.include(page.text(), 'id="forecast_on_2-error"')
    assert.include(page.text(), 'value="2030-09-01"')
    const moved = await save({
      ...(await form()),
      baseline_on_1: '2030-04-01',
      forecast_on_3: '2030-09-01',
    })
    assert.include(moved.text(), 'Set a new baseline, with its reason')
    const rows = await gates()
    assert.equal(rows[0].baselineOn, '2030-03-01')
    assert.isNull(rows[2].forecastOn)
    assert.isEmpty(await events())
  })

  test('of a decided gate stay as they are', async ({ assert }) => {
    await write(0, { status: 'decided', forecastOn: '2030-01-01' })
    const page = (await manager.open(`${address}/edit`)).text()
    assert.notInclude(page, 'forecast_on_1')
    await save({ ...(await form()), forecast_on_1: '2030-05-05' })
    assert.equal((await gates())[0].forecastOn, '2030-01-01')
  })

  test('are set by those who may', async ({ assert, client }) => {
    const expected: [Role | 'stranger', number][] = [
      ['viewer', 403],
      ['team', 403],
      ['sponsor', 403],
      ['stranger', 404],
    ]
    const fields = { ...(await form()), forecast_on_1: '2030-05-05' }
    for (const [role, status] of expected) {
      const walk = await Walk.begin(client, await world.person(role))
      ;(await walk.submit(address, fields, 'PUT')).assertStatus(status)
      ;(await client.get(`${address}/edit`).as(await world.person(role))).assertStatus(status)
    }
    const seen = await Walk.begin(client, await world.person('viewer'))
    const page = await seen.open(`/projects/${project.id}/gates`)
    assert.notInclude(page.text(), 'Set gate dates')
    assert.isNull((await gates())[0].forecastOn)
  })
})
