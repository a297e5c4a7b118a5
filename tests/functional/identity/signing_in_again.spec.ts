import { test } from '@japa/runner'
import { declaredRoutes } from '#start/router'
import { admin } from '#tests/support/admin'
import { sql } from '#tenancy/sql'
import { ForgingProvider } from '#tests/support/forging_provider'
import { setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'
import { csrfOf, Visitor } from '#tests/support/visitor'
import { register, registerStaff } from '#tests/support/world'

const guarded = declaredRoutes().filter(({ freshFor }) => freshFor)

async function newest(): Promise<number> {
  const [{ seq }] = await sql(admin(), 'select coalesce(max(seq), 0) as seq from audit.events')
  return seq
}

function eventsSince(seq: number) {
  return sql(admin(), 'select action from audit.events where seq > ?', [seq])
}

test.group('What needs a recent sign-in', () => {
  test('is refused after an older one, and does nothing: {name}')
    .with(guarded.map((route) => ({ route, name: route.name! })))
    .run(async ({ client, assert }, { route }) => {
      const scene = await setScene()
      const isOffice = route.access.kind === 'platform'
      const person = await askerOf(scene, route)
      const path = await pathTo(scene, route.pattern, isOffice ? {} : { id: 'any' })
      const since = await newest()
      const request = client.post(`${path}?_method=${route.methods[0]}`)
      const answer = await request.as(person, route.freshFor).form({ reason: 'A canary reason' })
      answer.assertStatus(403)
      assert.include(answer.text(), `within the last ${route.freshFor} minutes`)
      assert.include(answer.text(), 'name="again"')
      assert.deepEqual(await eventsSince(since), [])
      if (!isOffice) return
      const stranger = await send(client, route.methods[0], path, await register('nobody'))
      stranger.assertStatus(404)
    })
})

/** Somebody who may, but for the age of their sign-in. */
function askerOf({ world }: Scene, { access }: (typeof guarded)[number]) {
  if (access.kind === 'platform') return registerStaff()
  return access.kind === 'can' ? world.person('owner') : register('asker')
}

test.group('Signing in again', () => {
  test('asks the provider anew, and comes back to the page under a new session', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    const before = visitor.cookie('appSession')
    const page = await visitor.get('/profile/privacy')
    const fields = { _csrf: csrfOf(page.text), again: '1', return_to: '/profile/privacy' }
    const started = await visitor.post('/session', fields)
    const { searchParams } = new URL(started.location!)
    assert.equal(searchParams.get('prompt'), 'login')
    assert.equal(searchParams.get('max_age'), '300')
    const people = await visitor.follow(started)
    const chosen = await visitor.post(people.url, { email: 'manager@demo.example', name: '' })
    const last = await visitor.follow(chosen, (url) => url === `${visitor.origin}/profile/privacy`)
    assert.equal(last.location, `${visitor.origin}/profile/privacy`)
    assert.notEqual(visitor.cookie('appSession'), before)
    const other = new Visitor()
    other.setCookie('appSession', before!)
    const answer = await other.get('/organisations')
    assert.equal(answer.location, `${visitor.origin}/sign-in`, 'the one before opens nothing')
  })

  for (const [name, authTime] of [
    ['does not say when it asked', undefined],
    ['asked long ago', Math.floor(Date.now() / 1000) - 3600],
  ] as const) {
    test(`does not believe a provider that ${name}`, async ({ assert, cleanup }) => {
      const provider = await new ForgingProvider().start()
      cleanup(() => provider.stop())
      const visitor = new Visitor()
      const started = await visitor.begin({ again: '1' })
      const code = provider.grant(started.location!, { claims: { auth_time: authTime } })
      const { searchParams } = new URL(started.location!)
      const query = new URLSearchParams({ code, state: searchParams.get('state')! })
      const answer = await visitor.get(`/session/callback?${query}&iss=${provider.issuer}`)
      assert.equal(answer.status, 502)
    })
  }
})
