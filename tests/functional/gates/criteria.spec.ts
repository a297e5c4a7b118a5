import { test } from '@japa/runner'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import { World } from '#tests/support/world'
import { CriterionScene, noticesOf } from '#tests/support/criterion_scene'

test.group('Assessing a criterion', (group) => {
  let here: CriterionScene
  group.each.setup(async () => {
    here = await CriterionScene.create()
  })

  test('says how far it is met, by whom, in one event', async ({ assert, client }) => {
    const manager = await here.walk(client)
    await manager.open(here.page)
    const answer = await manager.submitAndFollow(
      here.page,
      { assessment: 'partly_met', note: 'The **map** is missing', owner_id: '', lock_version: 1 },
      'PUT'
    )
    assert.include(answer.text(), 'The criterion was saved')
    assert.include(answer.text(), 'assessed a criterion of')
    const row = await here.present()
    const { membershipId } = await here.world.person('manager')
    assert.deepInclude(row.$attributes, {
      assessment: 'partly_met',
      note: 'The **map** is missing',
      assessedBy: membershipId,
      lockVersion: 2,
    })
    assert.deepEqual(await here.actions(), ['gate_criterion.assessed'])
  })

  test('leads to the next of its gate, and from the last to readiness', async ({
    assert,
    client,
  }) => {
    const manager = await here.walk(client)
    const all = await here.world.inside(() => GateCriterion.of(here.gate).exec())
    const base = here.page.split('/criteria/')[0]
    const first = (await manager.open(`${base}/criteria/${all[0].id}`)).text()
    assert.include(first, `1 of ${all.length}`)
    assert.match(first, new RegExp(`href="${base}/criteria/${all[1].id}"[^>]*>\\s*Next criterion`))
    const last = (await manager.open(`${base}/criteria/${all.at(-1)!.id}`)).text()
    assert.match(last, new RegExp(`href="${base}/readiness"[^>]*>\\s*Readiness`))
    assert.notInclude(last, 'Next criterion')
  })

  test('saved unchanged records nothing', async ({ assert, client }) => {
    const manager = await here.walk(client)
    const same = { assessment: 'not_assessed', note: '', owner_id: '', lock_version: 1 }
    await manager.submit(here.page, same, 'PUT')
    assert.isEmpty(await here.actions())
    assert.equal((await here.present()).lockVersion, 1)
  })

  for (const assessment of ['waived', 'not_applicable', 'excellent']) {
    test(`is refused as ${assessment}`, async ({ assert, client }) => {
      const manager = await here.walk(client)
      await manager.open(here.page)
      const answer = await manager.submitAndFollow(
        here.page,
        { assessment, note: 'Kept text', lock_version: 1 },
        'PUT'
      )
      assert.include(answer.text(), 'Choose one of the options')
      assert.include(answer.text(), 'Kept text')
      assert.equal((await here.present()).assessment, 'not_assessed')
    })
  }

  test('is refused where a rule checks', async ({ assert, client }) => {
    const [ruled, address] = await here.world.inside(async () => {
      const [, go] = await Gate.of(here.project)
      const one = await GateCriterion.of(go).whereNotNull('rule').firstOrFail()
      return [one, `/projects/${here.project.id}/gates/${go.id}/criteria/${one.id}`] as const
    })
    const manager = await here.walk(client)
    const form = await manager.open(address)
    assert.include(form.text(), 'Result of the check')
    assert.notInclude(form.text(), 'How far is it met?')
    const answer = await manager.submitAndFollow(
      address,
      { assessment: 'met', lock_version: 1 },
      'PUT'
    )
    assert.include(answer.text(), 'This criterion is checked on live data')
    assert.equal((await here.present(ruled.id)).assessment, 'not_assessed')
    await manager.submit(address, { note: 'Looked at', lock_version: 1 }, 'PUT')
    assert.equal((await here.present(ruled.id)).note, 'Looked at')
  })

  test('is given to an owner, who is told and may assess it', async ({ assert, client }) => {
    const viewer = await here.world.person('viewer')
    const manager = await here.walk(client)
    await manager.submit(here.page, { owner_id: viewer.membershipId, lock_version: 1 }, 'PUT')
    assert.lengthOf(await noticesOf(viewer), 1)
    const owner = await here.walk(client, 'viewer')
    const other = await here.world.person('team')
    await owner.submit(
      here.page,
      { assessment: 'met', owner_id: other.membershipId, lock_version: 2 },
      'PUT'
    )
    const row = await here.present()
    assert.equal(row.assessment, 'met')
    assert.equal(row.ownerId, viewer.membershipId, 'an owner does not hand it on')
  })

  test('is given to nobody who cannot see the project', async ({ assert, client }) => {
    const elsewhere = await (await World.create()).person('member')
    const stranger = await here.world.person('stranger')
    const manager = await here.walk(client)
    for (const { membershipId } of [stranger, elsewhere]) {
      await manager.open(here.page)
      const answer = await manager.submitAndFollow(
        here.page,
        { owner_id: membershipId, lock_version: 1 },
        'PUT'
      )
      assert.include(answer.text(), 'Choose a member who can see this project')
    }
    assert.isNull((await here.present()).ownerId)
  })

  test('shows both versions to the later of two', async ({ assert, client }) => {
    const [first, second] = [await here.walk(client), await here.walk(client, 'pmo')]
    await first.submit(here.page, { assessment: 'met', lock_version: 1 }, 'PUT')
    const answer = await second.submit(
      here.page,
      { assessment: 'not_met', note: 'My long note', lock_version: 1 },
      'PUT'
    )
    answer.assertStatus(409)
    assert.include(answer.text(), 'My long note')
    assert.equal((await here.present()).assessment, 'met')
  })

  for (const status of ['submitted', 'in_review', 'decided', 'withdrawn'] as const) {
    test(`is over while the gate is ${status}`, async ({ assert, client }) => {
      await here.setStatus(status)
      const manager = await here.walk(client)
      const shown = await manager.open(here.page)
      assert.notInclude(shown.text(), 'How far is it met?')
      const answer = await manager.submitAndFollow(
        here.page,
        { assessment: 'met', lock_version: 1 },
        'PUT'
      )
      assert.include(answer.text(), 'The gate is submitted')
      assert.equal((await here.present()).assessment, 'not_assessed')
    })
  }

  for (const role of ['sponsor', 'team', 'viewer', 'owner', 'auditor', 'gate_decider'] as const) {
    test(`is not for a ${role} who does not own it`, async ({ assert, client }) => {
      const person = await here.world.person(role)
      const read = await client.get(here.page).as(person)
      read.assertStatus(200)
      const answer = await client
        .put(here.page)
        .form({ assessment: 'met', lock_version: 1 })
        .as(person)
      answer.assertStatus(403)
      assert.equal((await here.present()).assessment, 'not_assessed')
    })
  }

  test('is out of reach for strangers, other organisations and other gates', async ({ client }) => {
    const elsewhere = await (await World.create()).person('owner')
    const fields = { assessment: 'met', lock_version: 1 }
    for (const person of [await here.world.person('stranger'), elsewhere]) {
      for (const answer of [client.get(here.page), client.put(here.page).form(fields)]) {
        const response = await answer.as(person)
        response.assertStatus(404)
      }
    }
    const [, go] = await here.world.inside(() => Gate.of(here.project).exec())
    const wrong = here.page.replace(here.gate.id, go.id)
    const answer = await client.get(wrong).as(await here.world.person('manager'))
    answer.assertStatus(404)
  })
})
