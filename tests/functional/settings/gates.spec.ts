import { test } from '@japa/runner'
import GateDefaults from '#models/gate_defaults'
import { actionsOf, asSeen } from '#tests/support/settings'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const form = {
  decision_rule: 'majority',
  quorum: 3,
  reminder_days: 14,
  poll_enabled: 'false',
  lock_version: 1,
}

test.group('Settings: gates', () => {
  test('every organisation begins with defaults', async ({ assert }) => {
    const world = await World.create()
    const defaults = await world.inside(() => GateDefaults.current())
    assert.containSubset(defaults.$attributes, {
      decisionRule: 'chair_after_advice',
      quorum: 1,
      reminderDays: 7,
      pollEnabled: true,
    })
  })

  test('{role} changes them, once in the trail')
    .with(['owner', 'admin', 'pmo'].map((role) => ({ role: role as 'owner' | 'admin' | 'pmo' })))
    .run(async ({ client, assert }, { role }) => {
      const world = await World.create()
      const person = await world.person(role)
      for (const version of [1, 2]) {
        const body = { ...form, lock_version: version }
        const response = await client.put('/settings/gates').as(person).form(body)
        response.assertHeader('location', '/settings/gates')
      }
      const defaults = await world.inside(() => GateDefaults.current())
      assert.containSubset(defaults.$attributes, {
        decisionRule: 'majority',
        quorum: 3,
        reminderDays: 14,
        pollEnabled: false,
        lockVersion: 2,
      })
      assert.deepEqual(await actionsOf(world.organisationId), ['gate_defaults.updated'])
      const page = await client.get('/settings/gates').as(person)
      assert.match(page.text(), /value="majority" checked/)
      assert.match(page.text(), /value="false" checked/)
    })

  test('an auditor reads them and changes nothing; others see neither', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const auditor = await world.person('auditor')
    const read = await client.get('/settings/gates').as(auditor)
    read.assertStatus(200)
    assert.include(read.text(), 'The chair decides after advice')
    assert.notInclude(read.text(), 'Save settings')
    const refused = await client.put('/settings/gates').as(auditor).form(form)
    refused.assertStatus(403)
    for (const role of ['manager', 'sponsor', 'team', 'stranger'] as const) {
      const response = await client.get('/settings/gates').as(await world.person(role))
      response.assertStatus(403)
    }
    assert.equal((await asSeen('gate_defaults', world.organisationId)).lock_version, 1)
  })

  test('what is wrong is said beside the field, and what was typed is kept', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const pmo = await Walk.begin(client, await world.person('pmo'))
    await pmo.open('/settings/gates')
    const wrong: [Record<string, unknown>, string][] = [
      [{ quorum: '0' }, 'Enter a number from 1 to 50'],
      [{ quorum: '2.5' }, 'Enter a whole number'],
      [{ quorum: 'many' }, 'Enter a whole number'],
      [{ reminder_days: '61' }, 'Enter a number from 0 to 60'],
      [{ decision_rule: 'by_lot' }, 'Choose one of the options'],
      [{ decision_rule: 'sole_decider' }, 'If one person decides, the quorum must be 1'],
    ]
    for (const [field, message] of wrong) {
      const fields = { ...form, reminder_days: 21, ...field }
      const page = await pmo.submitAndFollow('/settings/gates', fields, 'PUT')
      assert.include(page.text(), message)
      if (!('reminder_days' in field)) assert.include(page.text(), 'value="21"')
    }
    assert.equal((await asSeen('gate_defaults', world.organisationId)).lock_version, 1)
  })

  test('two tabs: the later one sees both versions in words', async ({ client, assert }) => {
    const world = await World.create()
    const [pmo, owner] = [await world.person('pmo'), await world.person('owner')]
    await client.put('/settings/gates').as(pmo).form(form)
    const stale = await client
      .put('/settings/gates')
      .as(owner)
      .form({ ...form, decision_rule: 'unanimous', poll_enabled: 'true' })
    stale.assertStatus(409)
    for (const text of ['A majority decides', 'All deciders must agree', 'Asked before the vote']) {
      assert.include(stale.text(), text)
    }
    const defaults = await asSeen('gate_defaults', world.organisationId)
    assert.equal(defaults.decision_rule, 'majority')
  })
})
