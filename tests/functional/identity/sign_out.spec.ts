import { test } from '@japa/runner'
import { identityProvider } from '#identity/identity_provider'
import { ForgingProvider } from '#tests/support/forging_provider'
import { asSuperuser } from '#tests/support/superuser'
import { csrfOf, Visitor } from '#tests/support/visitor'

async function signOut(visitor: Visitor) {
  const page = await visitor.get('/organisations')
  return visitor.post('/session?_method=DELETE', { _csrf: csrfOf(page.text) })
}

test.group('Signing out', () => {
  test('ends the session here, then at the identity provider, and comes back', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    const old = visitor.cookie('appSession')!
    const answer = await signOut(visitor)
    assert.equal(answer.status, 303)
    const there = new URL(answer.location!)
    assert.equal(there.origin, identityProvider().origin)
    assert.match(there.searchParams.get('id_token_hint')!, /^eyJ/)
    assert.equal(there.searchParams.get('post_logout_redirect_uri'), `${visitor.origin}/sign-in`)

    const thief = new Visitor()
    thief.setCookie('appSession', old)
    const stolen = await thief.get('/organisations')
    assert.equal(stolen.status, 303)

    const back = await visitor.follow(answer)
    assert.equal(back.url, `${visitor.origin}/sign-in`)
    assert.include(back.text, 'You have signed out')
  })

  test('is recorded once, with the session that it ended', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    await signOut(visitor)
    const [ended, started, ...rest] = await asSuperuser(
      `select action, actor_kind, actor_ref, facts from audit.events
       where entity_type = 'session' and entity_id = (
         select entity_id from audit.events where entity_type = 'session'
         order by occurred_at desc limit 1)
       order by occurred_at desc`
    )
    assert.lengthOf(rest, 0)
    assert.containsSubset(started, { action: 'session.started', actor_kind: 'visitor' })
    assert.deepEqual(ended, {
      action: 'session.ended',
      actor_kind: 'member',
      actor_ref: null,
      facts: {},
    })
  })

  test('names the account, like the sign-in, as a value that can be erased', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.signIn('team@demo.example')
    await signOut(visitor)
    const [{ id }] = await asSuperuser(`select id from users where email = 'team@demo.example'`)
    const told = await asSuperuser(
      `select e.action, v.path, v.value::jsonb as value, v.subject_ref from audit.events e
         join audit.event_values v on v.organisation_id = e.organisation_id and v.event_id = e.id
       where e.entity_type = 'session' order by e.seq desc limit 2`
    )
    const whose = { path: 'account', value: { after: id }, subject_ref: id }
    assert.deepEqual(told, [
      { action: 'session.ended', ...whose },
      { action: 'session.started', ...whose },
    ])
  })

  test('needs the token of its form', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    const refused = await visitor.post('/session?_method=DELETE', {})
    assert.equal(refused.status, 403)
    const page = await visitor.get('/organisations')
    assert.equal(page.status, 200)
  })

  test('forgets the organisation', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    visitor.setCookie('orch_org', 'anything')
    await signOut(visitor)
    assert.isUndefined(visitor.cookie('orch_org'))
  })

  for (const fault of ['error', 'nonsense', 'slow'] as const) {
    test(`works while the identity provider answers with ${fault}`, async ({ assert }) => {
      const visitor = new Visitor()
      await visitor.signIn('manager@demo.example')
      const provider = await new ForgingProvider().start()
      provider.discovery = fault
      try {
        const answer = await signOut(visitor)
        assert.equal(answer.location, `${visitor.origin}/sign-in`)
        const page = await visitor.get('/sign-in')
        assert.include(page.text, 'may still be signed in there')
        const after = await visitor.get('/organisations')
        assert.equal(after.status, 303)
      } finally {
        await provider.stop()
      }
    })
  }

  test('a provider without an end-session endpoint is left the way Auth0 wants', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    const provider = await new ForgingProvider().start()
    provider.metadata = { end_session_endpoint: undefined }
    try {
      const { location } = await signOut(visitor)
      const returnTo = encodeURIComponent(`${visitor.origin}/sign-in`)
      assert.equal(location, `${provider.issuer}/v2/logout?client_id=client&returnTo=${returnTo}`)
    } finally {
      await provider.stop()
    }
  })
})
