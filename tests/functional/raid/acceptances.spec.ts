import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import RaidScoring from '#models/raid_scoring'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'

const HIGH = { currentLikelihood: 4, currentImpact: 3 }

test.group('Accepting a risk above appetite', (group) => {
  let log: Log
  let sponsor: Walk
  let manager: Walk
  let client: ApiClient
  group.each.setup(async ({ context }) => {
    client = context.client
    log ??= await Log.create()
    sponsor = await Walk.begin(context.client, log.people.sponsor)
    manager = await Walk.begin(context.client, log.people.manager)
  })

  async function accepted() {
    const risk = await log.raise('risk', { nature: 'threat', ...HIGH })
    await sponsor.submit(`${log.urlOf(risk)}/acceptance`, { lock_version: 1 })
    return risk
  }

  const edit = (risk: any, fields: Record<string, unknown>) =>
    manager.submit(
      log.urlOf(risk),
      {
        title: 'One risk',
        nature: 'threat',
        response: 'accept',
        current_likelihood: 4,
        current_impact: 3,
        ...fields,
      },
      'PUT'
    )

  test('the sponsor does, and the page says who and when', async ({ assert }) => {
    const risk = await log.raise('risk', { nature: 'threat', ...HIGH })
    assert.include((await sponsor.open(log.urlOf(risk))).text(), 'Accept this risk')
    assert.notInclude((await manager.open(log.urlOf(risk))).text(), 'Accept this risk')
    const page = await sponsor.submitAndFollow(`${log.urlOf(risk)}/acceptance`, { lock_version: 1 })
    assert.include(page.text(), 'You accepted')
    assert.include(page.text(), `by ${log.people.sponsor.name}`)
    assert.notInclude(page.text(), 'Accept this risk')
    const [, told, ...rest] = await log.events(risk.id)
    assert.equal(told.action, 'raid_item.accepted')
    assert.deepEqual(told.values.accepted_by, { after: log.people.sponsor.membershipId })
    assert.lengthOf(rest, 0)
  })

  test('holds while the risk is no worse', async ({ assert }) => {
    const risk = await accepted()
    await edit(risk, { title: 'Renamed', lock_version: 2 })
    await edit(risk, { title: 'Renamed', current_impact: 2, lock_version: 3 })
    const row = await log.fresh(risk)
    assert.deepEqual([row.title, row.lock_version], ['Renamed', 4])
    assert.isNotNull(row.accepted_by)
  })

  test('it is lost when the risk worsens: the sponsor is asked again', async ({ assert }) => {
    const risk = await accepted()
    const refused = await edit(risk, { current_impact: 5, lock_version: 2 })
    assert.include((await manager.follow(refused)).text(), 'Only the sponsor can accept')
    const saved = await edit(risk, { current_impact: 5, response: '', lock_version: 2 })
    saved.assertStatus(303)
    const row = await log.fresh(risk)
    assert.deepEqual([row.accepted_by, row.accepted_on, row.current_impact], [null, null, 5])
  })

  test('it is lost with another response', async ({ assert }) => {
    const risk = await accepted()
    await edit(risk, { response: 'reduce', lock_version: 2 })
    assert.isNull((await log.fresh(risk)).accepted_by)
    const back = await edit(risk, { lock_version: 3 })
    assert.include((await manager.follow(back)).text(), 'Only the sponsor can accept')
  })

  test('a falling appetite asks the sponsor again, and blocks no other change', async ({
    assert,
  }) => {
    const fresh = await Log.create()
    const risk = await fresh.raise('risk', {
      nature: 'threat',
      response: 'accept',
      currentLikelihood: 3,
      currentImpact: 3,
    })
    const asked = 'above the appetite of 4, not accepted by the sponsor yet'
    const walk = await Walk.begin(client, fresh.people.manager)
    assert.notInclude((await walk.open(fresh.urlOf(risk))).text(), asked)
    await fresh.world.inside(async () => {
      const row = await RaidScoring.current()
      await row.merge({ appetite: 4 }).save()
    })
    assert.include((await walk.open(fresh.urlOf(risk))).text(), asked)
    const fields = {
      title: 'Renamed',
      nature: 'threat',
      response: 'accept',
      current_likelihood: 3,
      current_impact: 3,
      lock_version: 1,
    }
    await walk.submit(fresh.urlOf(risk), fields, 'PUT')
    assert.equal((await fresh.fresh(risk)).title, 'Renamed')
    await walk.submit(fresh.urlOf(risk), { ...fields, current_impact: 2, lock_version: 2 }, 'PUT')
    assert.equal((await fresh.fresh(risk)).current_impact, 2)
    const worse = { ...fields, lock_version: 3 }
    await walk.open(`${fresh.urlOf(risk)}/edit`)
    const refused = await walk.submitAndFollow(fresh.urlOf(risk), worse, 'PUT')
    assert.include(refused.text(), 'Only the sponsor can accept')
    await (
      await Walk.begin(client, fresh.people.sponsor)
    ).submit(`${fresh.urlOf(risk)}/acceptance`, { lock_version: 3 })
    assert.notInclude((await walk.open(fresh.urlOf(risk))).text(), asked)
  })

  test('opportunities, settled risks and other entries are not accepted', async ({ assert }) => {
    const entries = [
      await log.raise('risk', { nature: 'opportunity', ...HIGH }),
      await log.raise('risk', { nature: 'threat', status: 'closed', ...HIGH }),
      await log.raise('issue'),
    ]
    for (const entry of entries) {
      await sponsor.open(log.urlOf(entry))
      const page = await sponsor.submitAndFollow(`${log.urlOf(entry)}/acceptance`, {
        lock_version: 1,
      })
      assert.include(page.text(), 'Only an open threat can be accepted')
      assert.lengthOf(await log.events(entry.id), 1)
    }
  })

  test('an older page is refused', async ({ assert }) => {
    const risk = await accepted()
    const again = await sponsor.submit(`${log.urlOf(risk)}/acceptance`, { lock_version: 1 })
    again.assertStatus(409)
    assert.lengthOf(await log.events(risk.id), 2)
  })

  for (const role of ['manager', 'pmo', 'team', 'viewer', 'stranger'] as const) {
    test(`a ${role} may not`, async ({ assert }) => {
      const risk = await log.raise('risk', { nature: 'threat', ...HIGH })
      const walk = await Walk.begin(client, log.people[role])
      const answer = await walk.submit(`${log.urlOf(risk)}/acceptance`, { lock_version: 1 })
      answer.assertStatus(role === 'stranger' ? 404 : 403)
      assert.lengthOf(await log.events(risk.id), 1)
    })
  }
})
