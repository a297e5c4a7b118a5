import { test } from '@japa/runner'
import { ForgingProvider } from '#tests/support/forging_provider'
import { Visitor } from '#tests/support/visitor'

/** Far longer than we wait for the provider, far shorter than for ever. */
const PATIENCE = 30_000

test.group('While the identity provider is in trouble', (group) => {
  let provider: ForgingProvider

  group.setup(async () => {
    provider = await new ForgingProvider().start()
    return () => provider.stop()
  })
  group.each.setup(() => {
    provider.discovery = 'none'
    provider.token = 'none'
    provider.forget()
  })

  for (const fault of ['error', 'nonsense', 'truncated', 'huge', 'slow'] as const) {
    test(`discovery ${fault}: says so in time, and goes on once it recovers`, async ({
      assert,
    }) => {
      provider.discovery = fault
      const visitor = new Visitor()
      const started = Date.now()
      const answer = await visitor.begin()
      assert.equal(answer.status, 503)
      assert.include(answer.text, 'You cannot sign in at the moment')
      assert.isBelow(Date.now() - started, PATIENCE)
      provider.discovery = 'none'
      const recovered = await visitor.begin()
      assert.equal(recovered.status, 303)
    })

    test(`token endpoint ${fault}: signs nobody in`, async ({ assert }) => {
      const visitor = new Visitor()
      const { location } = await visitor.begin()
      const code = provider.grant(location!)
      const state = new URL(location!).searchParams.get('state')!
      provider.token = fault
      const started = Date.now()
      const answer = await visitor.get(`/session/callback?code=${code}&state=${state}`)
      assert.equal(answer.status, 503)
      assert.isBelow(Date.now() - started, PATIENCE)
      const page = await visitor.get('/organisations')
      assert.equal(page.status, 303)
    })
  }

  test('everything else works, and the sign-in page itself', async ({ assert }) => {
    const visitor = new Visitor()
    provider.discovery = 'slow'
    let waits = true
    const waiting = visitor.begin().finally(() => (waits = false))
    for (const path of ['/sign-in', '/consent/edit', '/health/ready']) {
      const page = await new Visitor().get(path)
      assert.equal(page.status, 200)
      assert.isTrue(waits, `${path} waits for nobody`)
    }
    const answer = await waiting
    assert.equal(answer.status, 503)
  })

  test('it is asked for its settings once, not at every sign-in', async ({ assert }) => {
    await new Visitor().begin()
    provider.discovery = 'error'
    const answer = await new Visitor().begin()
    assert.equal(answer.status, 303)
  })
})
