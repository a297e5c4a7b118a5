import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { webhookEventNames } from '#models/webhook/events'
import WebhookDelivery from '#models/webhook_delivery'
import WebhookEndpoint, { MOST_ENDPOINTS } from '#models/webhook_endpoint'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { unescaped } from '#tests/support/html'
import { sessionTexts } from '#tests/support/sealed'
import { Walk } from '#tests/support/walk'
import { addWebhook } from '#tests/support/webhooks'
import { World } from '#tests/support/world'

const HOOK = {
  'name': 'Chat',
  'url': 'https://chat.example.org/hook',
  'events[]': 'raid_item.created',
}

test.group('Webhooks: endpoints', (group) => {
  let world: World
  group.each.setup(async () => {
    world = await World.create()
  })

  const held = () => world.inside(async () => [...(await WebhookEndpoint.query())])

  test('show their secret once, and keep it sealed', async ({ assert, client }) => {
    const walk = await Walk.begin(client, await world.person('owner'))
    await walk.open('/settings/webhooks')
    const page = await walk.submitAndFollow('/settings/webhooks', HOOK)
    const [endpoint] = await held()
    assert.include(unescaped(page.text()), endpoint.secret)
    const again = await walk.open(`/settings/webhooks/${endpoint.id}`)
    assert.notInclude(again.text(), 'whsec_')
    const [{ secret }] = await sql(admin(), 'select secret from webhook_endpoints where id = ?', [
      endpoint.id,
    ])
    assert.notInclude(secret, endpoint.secret)
    assert.notInclude((await sessionTexts()).join(), endpoint.secret)
  })

  test('are kept without the character that no text holds', async ({ assert, client }) => {
    const walk = await Walk.begin(client, await world.person('owner'))
    await walk.open('/settings/webhooks')
    await walk.submitAndFollow('/settings/webhooks', { ...HOOK, url: `${HOOK.url}\u0000` })
    assert.equal((await held())[0].url, HOOK.url)
  })

  test('are refused at {url}')
    .with(
      [
        'http://hooks.example.org/',
        'https://hooks.example.org:8443/',
        ['https://user', 'password@hooks.example.org/'].join(':'),
        'https://127.0.0.1/',
        'https://[::1]/',
        'https://localhost/',
        'https://2130706433/',
        'ftp://hooks.example.org/',
        'hooks.example.org',
      ].map((url) => ({ url }))
    )
    .run(async ({ assert, client }, { url }) => {
      const walk = await Walk.begin(client, await world.person('owner'))
      await walk.open('/settings/webhooks')
      const page = await walk.submitAndFollow('/settings/webhooks', { ...HOOK, url })
      assert.include(page.text(), 'Enter an https address with a host name')
      assert.isEmpty(await held())
    })

  test('need a name and something to be told of', async ({ assert, client }) => {
    const walk = await Walk.begin(client, await world.person('owner'))
    await walk.open('/settings/webhooks')
    const page = await walk.submitAndFollow('/settings/webhooks', { url: HOOK.url })
    const offered = [...page.text().matchAll(/name="events\[\]" id="[^"]*" value="([^"]*)"/g)]
    assert.sameMembers(
      offered.map(([, name]) => name),
      [...webhookEventNames],
      'each under the heading of its subject'
    )
    assert.include(page.text(), 'Enter a name')
    assert.include(page.text(), 'Choose at least one option')
    assert.isEmpty(await held())
  })

  test('are limited in number', async ({ assert, client }) => {
    for (let count = 0; count < MOST_ENDPOINTS; count++) await addWebhook(world)
    const walk = await Walk.begin(client, await world.person('owner'))
    await walk.open('/settings/webhooks')
    const page = await walk.submitAndFollow('/settings/webhooks', HOOK)
    assert.include(page.text(), 'reached the limit of')
  })

  test('are limited even when several are added at once', async ({ assert, client }) => {
    for (let count = 1; count < MOST_ENDPOINTS; count++) await addWebhook(world)
    const owner = await world.person('owner')
    const walks = await Promise.all([1, 2, 3, 4].map(() => Walk.begin(client, owner)))
    await Promise.all(walks.map((walk) => walk.submit('/settings/webhooks', HOOK)))
    assert.lengthOf(await held(), MOST_ENDPOINTS)
  })

  test('are not changed over somebody else’s change', async ({ assert, client }) => {
    const { endpoint } = await addWebhook(world)
    const owner = await world.person('owner')
    const change = (name: string) =>
      client
        .put(`/settings/webhooks/${endpoint.id}`)
        .as(owner)
        .form({ ...HOOK, name, lock_version: 1 })
    const first = await change('First')
    first.assertStatus(303)
    const second = await change('Second')
    second.assertStatus(409)
    assert.equal((await held())[0].name, 'First')
  })

  test('are led elsewhere by nobody who finds a device unlocked', async ({ assert, client }) => {
    const { endpoint } = await addWebhook(world)
    const owner = await world.person('owner')
    const home = `/settings/webhooks/${endpoint.id}`
    const page = await client.get(home).as(owner, 61)
    assert.include(page.text(), 'To edit the webhook, sign in again.')
    assert.notInclude(page.text(), 'Save webhook')
    const refused = await client
      .put(home)
      .as(owner, 61)
      .form({ ...HOOK, url: 'https://elsewhere.example.org/', lock_version: 1 })
    refused.assertStatus(403)
    assert.equal((await held())[0].url, endpoint.url)
    const fresh = await client.get(home).as(owner)
    assert.include(fresh.text(), 'Save webhook')
  })

  test('are paused, resumed and removed', async ({ assert, client }) => {
    const { endpoint, told } = await addWebhook(world)
    await told(endpoint)
    const owner = await world.person('owner')
    const home = `/settings/webhooks/${endpoint.id}`
    await client.post(`${home}/pause`).as(owner)
    assert.equal((await held())[0].status, 'paused')
    const [delivery] = await world.inside(() => WebhookDelivery.query().exec())
    const again = await client.put(`${home}/deliveries/${delivery.id}`).as(owner).accept('json')
    again.assertStatus(422)
    await world.inside(async () =>
      (await WebhookEndpoint.findById(endpoint.id)).merge({ failingSince: DateTime.utc() }).save()
    )
    await client.delete(`${home}/pause`).as(owner)
    const [resumed] = await held()
    assert.deepEqual([resumed.status, resumed.failingSince], ['active', null])
    await client.delete(home).as(owner)
    assert.isEmpty(await held())
  })

  test('are managed by owners and admins of their organisation', async ({ client }) => {
    const { endpoint } = await addWebhook(world)
    const home = `/settings/webhooks/${endpoint.id}`
    const elsewhere = await (await World.create('Elsewhere')).person('owner')
    for (const path of ['/settings/webhooks', home]) {
      const refused = await client.get(path).as(await world.person('pmo'))
      refused.assertStatus(403)
    }
    const refused = await client.delete(home).as(await world.person('pmo'))
    refused.assertStatus(403)
    const unknown = await client.delete(home).as(elsewhere)
    unknown.assertStatus(404)
  })
})
