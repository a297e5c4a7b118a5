import { test } from '@japa/runner'
import AssistantSettings from '#models/assistant_settings'
import { actionsOf, asSeen } from '#tests/support/settings'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const PATH = '/settings/assistant'
const form = { is_enabled: 'true', monthly_budget: '150', personal_budget: '12,5', lock_version: 1 }

test.group('Settings: the assistant', () => {
  test('is off without a budget until an owner or admin switches it on', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const before = await world.inside(() => AssistantSettings.current())
    assert.deepEqual(
      [before.isEnabled, before.currency, before.monthlyBudget, before.personalBudget],
      [false, 'GBP', 0, 0]
    )
    const owner = await Walk.begin(client, await world.person('owner'))
    await owner.open(PATH)
    const page = await owner.submitAndFollow(PATH, form, 'PUT')
    assert.include(page.text(), 'value="150.00"')
    assert.include(page.text(), 'value="12.50"')
    const row = await asSeen('assistant_settings', world.organisationId)
    assert.containSubset(row, { is_enabled: true, monthly_budget: 15000, personal_budget: 1250 })
    assert.deepEqual(await actionsOf(world.organisationId), ['assistant_settings.updated'])
  })

  test('takes amounts exactly, and says what is none', async ({ client, assert }) => {
    const world = await World.create()
    const walk = await Walk.begin(client, await world.person('admin'))
    await walk.open(PATH)
    const wrong: [Record<string, string>, string][] = [
      ...['-1', '1.234', '1e3', '100000', 'ten', '0x10'].map((text): [any, string] => [
        { monthly_budget: text },
        'Enter an amount up to 99,999.99',
      ]),
      [{ personal_budget: '150.01' }, 'One person cannot have more than the organisation'],
      [{ is_enabled: 'perhaps' }, 'Choose one of the options'],
    ]
    for (const [field, message] of wrong) {
      const page = await walk.submitAndFollow(PATH, { ...form, ...field }, 'PUT')
      assert.include(page.text(), message, JSON.stringify(field))
    }
    assert.equal((await asSeen('assistant_settings', world.organisationId)).lock_version, 1)
    await walk.submit(PATH, { ...form, monthly_budget: '99999.99', personal_budget: '0.29' }, 'PUT')
    const row = await asSeen('assistant_settings', world.organisationId)
    assert.containSubset(row, { monthly_budget: 9999999, personal_budget: 29 })
  })

  test('is nobody else’s, and two tabs see each other', async ({ client, assert }) => {
    const world = await World.create()
    for (const role of ['pmo', 'auditor', 'manager'] as const) {
      const person = await world.person(role)
      for (const request of [client.get(PATH), client.put(PATH).form(form)]) {
        const response = await request.as(person)
        response.assertStatus(403)
      }
    }
    const owner = await world.person('owner')
    await client.put(PATH).as(owner).form(form)
    const stale = await client
      .put(PATH)
      .as(owner)
      .form({ ...form, monthly_budget: '200' })
    stale.assertStatus(409)
    assert.include(stale.text(), '150.00')
  })
})
