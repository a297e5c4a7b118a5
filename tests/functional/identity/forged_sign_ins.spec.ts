import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type { Assert } from '@japa/assert'
import { isSealed } from '#encryption/key_ring'
import { openSessionData } from '#identity/session_store'
import { ForgingProvider, type Forgery } from '#tests/support/forging_provider'
import { sessionTexts } from '#tests/support/sealed'
import { asSuperuser } from '#tests/support/superuser'
import { Visitor } from '#tests/support/visitor'

const hourAgo = () => Math.floor(Date.now() / 1000) - 3600
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

const forgeries: { title: string; status: number; forgery: () => Forgery }[] = [
  { title: 'another nonce', status: 502, forgery: () => ({ claims: { nonce: 'other' } }) },
  { title: 'no nonce', status: 502, forgery: () => ({ claims: { nonce: undefined } }) },
  { title: 'another audience', status: 502, forgery: () => ({ claims: { aud: 'other' } }) },
  {
    title: 'a second audience without us as the authorized party',
    status: 502,
    forgery: () => ({ claims: { aud: ['client', 'other'], azp: 'other' } }),
  },
  {
    title: 'another issuer',
    status: 502,
    forgery: () => ({ claims: { iss: 'https://evil.example' } }),
  },
  { title: 'no issuer', status: 502, forgery: () => ({ claims: { iss: undefined } }) },
  { title: 'the algorithm none', status: 502, forgery: () => ({ algorithm: 'none' }) },
  {
    title: 'a signature made with the public key as a secret',
    status: 502,
    forgery: () => ({ algorithm: 'HS256' }),
  },
  {
    title: 'an algorithm that we do not accept',
    status: 502,
    forgery: () => ({ algorithm: 'RS384' }),
  },
  { title: 'a foreign signature', status: 502, forgery: () => ({ foreignKey: true }) },
  { title: 'a past expiry', status: 502, forgery: () => ({ claims: { exp: hourAgo() } }) },
  { title: 'no expiry', status: 502, forgery: () => ({ claims: { exp: undefined } }) },
  { title: 'a start in the future', status: 502, forgery: () => ({ claims: { nbf: inAnHour() } }) },
  { title: 'no subject', status: 502, forgery: () => ({ claims: { sub: undefined } }) },
  { title: 'an empty subject', status: 502, forgery: () => ({ claims: { sub: '' } }) },
  {
    title: 'no word on the email address',
    status: 403,
    forgery: () => ({ claims: { email_verified: undefined } }),
  },
  {
    title: 'an unverified address',
    status: 403,
    forgery: () => ({ claims: { email_verified: false } }),
  },
  {
    title: 'an address verified in words only',
    status: 403,
    forgery: () => ({ claims: { email_verified: 'true' } }),
  },
  {
    title: 'no address',
    status: 403,
    forgery: () => ({ claims: { email: undefined } }),
  },
]

test.group('Forged sign-ins', (group) => {
  let provider: ForgingProvider

  group.setup(async () => {
    provider = await new ForgingProvider().start()
    return () => provider.stop()
  })
  group.each.setup(() => {
    provider.token = 'none'
    provider.metadata = {}
    provider.forget()
  })

  async function begun(fields: Record<string, string> = {}) {
    const visitor = new Visitor()
    const { location } = await visitor.begin(fields)
    return { visitor, authorization: new URL(location!) }
  }

  async function returned(forgery: Forgery) {
    const { visitor, authorization } = await begun()
    const code = provider.grant(authorization.href, forgery)
    const answer = await visitor.get(callback(code, authorization.searchParams.get('state')!))
    return { visitor, answer }
  }

  for (const algorithm of ['RS256', 'ES256', 'PS256'] as const) {
    test(`an honest answer signed with ${algorithm} signs in`, async ({ assert }) => {
      const subject = `test|${randomUUID()}`
      const { visitor, answer } = await returned({ algorithm, claims: { sub: subject } })
      assert.equal(answer.status, 303)
      assert.isTrue(await isSignedIn(visitor))
      assert.equal(await accountsOf(subject), 1)
    })
  }

  for (const { title, status, forgery } of forgeries) {
    test(`refuses ${title}`, async ({ assert }) => {
      const before = await signInsOnRecord()
      const { visitor, answer } = await returned(forgery())
      await assertRefused(assert, visitor, answer.status, status)
      assert.include(answer.text, 'Sign in again')
      assert.equal(await signInsOnRecord(), before)
    })
  }

  test('asks with PKCE, state and nonce, and tells nothing else', async ({ assert }) => {
    const { authorization } = await begun()
    const { searchParams } = authorization
    assert.equal(searchParams.get('code_challenge_method'), 'S256')
    assert.lengthOf(searchParams.get('code_challenge')!, 43)
    assert.isAtLeast(searchParams.get('state')!.length, 32)
    assert.isAtLeast(searchParams.get('nonce')!.length, 32)
    assert.equal(searchParams.get('scope'), 'openid profile email')
    const asked = ['client_id', 'redirect_uri', 'response_type', 'scope']
    const proofs = ['code_challenge', 'code_challenge_method', 'state', 'nonce']
    assert.sameMembers([...searchParams.keys()], [...asked, ...proofs])
  })

  test('keeps state, nonce and verifier out of cookies', async ({ assert }) => {
    const visitor = new Visitor()
    const { cookies, location } = await visitor.begin()
    assert.lengthOf(cookies, 0)
    assert.notInclude(visitor.cookie('appSession')!, new URL(location!).searchParams.get('state')!)
  })

  test('refuses a callback without state', async ({ assert }) => {
    const { visitor, authorization } = await begun()
    const code = provider.grant(authorization.href)
    const answer = await visitor.get(`/session/callback?code=${code}`)
    await assertRefused(assert, visitor, answer.status, 400)
  })

  test('refuses a callback with another state', async ({ assert }) => {
    const { visitor, authorization } = await begun()
    const before = provider.tokenRequests
    const answer = await visitor.get(callback(provider.grant(authorization.href), 'other'))
    await assertRefused(assert, visitor, answer.status, 400)
    assert.equal(provider.tokenRequests, before)
  })

  test('refuses a doubled state', async ({ assert }) => {
    const { visitor, authorization } = await begun()
    const url = callback(
      provider.grant(authorization.href),
      authorization.searchParams.get('state')!
    )
    const answer = await visitor.get(`${url}&state=other`)
    await assertRefused(assert, visitor, answer.status, 400)
  })

  test('refuses a callback that nobody asked for', async ({ assert }) => {
    const visitor = new Visitor()
    const answer = await visitor.get('/session/callback?code=abc')
    await assertRefused(assert, visitor, answer.status, 400)
  })

  test('refuses the callback of another browser', async ({ assert }) => {
    const { authorization } = await begun()
    const { visitor: victim } = await begun()
    const code = provider.grant(authorization.href)
    const answer = await victim.get(callback(code, authorization.searchParams.get('state')!))
    await assertRefused(assert, victim, answer.status, 400)
  })

  test('refuses the same callback a second time', async ({ assert }) => {
    const { visitor, authorization } = await begun()
    const url = callback(
      provider.grant(authorization.href),
      authorization.searchParams.get('state')!
    )
    assert.equal((await visitor.get(url)).status, 303)
    assert.equal((await visitor.get(url)).status, 400)
  })

  test('refuses a code that was redeemed before', async ({ assert }) => {
    const first = await begun()
    const code = provider.grant(first.authorization.href)
    await first.visitor.get(callback(code, first.authorization.searchParams.get('state')!))
    const second = await begun()
    const state = second.authorization.searchParams.get('state')!
    const answer = await second.visitor.get(callback(code, state))
    await assertRefused(assert, second.visitor, answer.status, 502)
  })

  test('refuses a stolen code, whose verifier stays in the other session', async ({ assert }) => {
    const victim = await begun()
    const code = provider.grant(victim.authorization.href)
    const thief = await begun()
    const state = thief.authorization.searchParams.get('state')!
    const answer = await thief.visitor.get(callback(code, state))
    await assertRefused(assert, thief.visitor, answer.status, 502)
  })

  test('says so when the person cancels at the provider', async ({ assert }) => {
    const { visitor, authorization } = await begun()
    const state = authorization.searchParams.get('state')!
    const answer = await visitor.get(`/session/callback?error=access_denied&state=${state}`)
    await assertRefused(assert, visitor, answer.status, 403)
  })

  test('another subject cannot take an address over', async ({ assert }) => {
    const email = `${randomUUID()}@example.test`
    const [owner, thief] = [`test|${randomUUID()}`, `test|${randomUUID()}`]
    await returned({ claims: { sub: owner, email } })
    const before = await signInsOnRecord()
    const { visitor, answer } = await returned({
      claims: { sub: thief, email: email.toUpperCase() },
    })
    await assertRefused(assert, visitor, answer.status, 403)
    assert.include(answer.text, 'belongs to another account')
    assert.equal(await accountsOf(owner), 1)
    assert.equal(await accountsOf(thief), 0)
    assert.equal(await signInsOnRecord(), before)
  })

  test('a known subject cannot move onto the address of another', async ({ assert }) => {
    const [mine, theirs] = [`${randomUUID()}@example.test`, `${randomUUID()}@example.test`]
    const subject = `test|${randomUUID()}`
    await returned({ claims: { email: theirs } })
    await returned({ claims: { sub: subject, email: mine } })
    const { answer } = await returned({ claims: { sub: subject, email: theirs } })
    assert.equal(answer.status, 403)
    const [{ email }] = await asSuperuser('select email from users where subject = $1', [subject])
    assert.equal(email, mine)
  })

  test('the first sign-in binds an account that was prepared for the address', async ({
    assert,
  }) => {
    const email = `${randomUUID()}@example.test`
    const id = randomUUID()
    await asSuperuser(`insert into users (id, email, name) values ($1, $2, 'Prepared')`, [
      id,
      email,
    ])
    const subject = `test|${randomUUID()}`
    await returned({ claims: { sub: subject, email } })
    const [user] = await asSuperuser('select id, name from users where subject = $1', [subject])
    assert.deepEqual(user, { id, name: 'Prepared' })
  })

  test('keeps name, email and subject, and drops every other claim', async ({ assert }) => {
    const subject = `test|${randomUUID()}`
    const canary = `canary-${randomUUID()}`
    const { answer } = await returned({
      claims: { sub: subject, phone_number: canary, picture: canary, address: { street: canary } },
    })
    assert.equal(answer.status, 303)
    const [{ dump }] = await asSuperuser(
      'select jsonb_agg(u)::text as dump from users u where subject = $1',
      [subject]
    )
    assert.notInclude([dump, ...(await sessionTexts())].join('\n'), canary)
  })

  test('the sessions table holds no readable token', async ({ assert }) => {
    const subject = `test|${randomUUID()}`
    await returned({ claims: { sub: subject } })
    const [{ data }] = await asSuperuser(
      'select data from sessions join users on users.id = user_id where subject = $1',
      [subject]
    )
    assert.isTrue(isSealed(data))
    assert.property(openSessionData(data), 'id_token')
    assert.notMatch(JSON.stringify(openSessionData(data)), /eyJ[\w-]+\.[\w-]+\./)
  })

  test('a discovery that names another issuer is refused', async ({ assert }) => {
    provider.metadata = { issuer: 'https://evil.example' }
    provider.forget()
    const answer = await new Visitor().begin()
    assert.equal(answer.status, 503)
  })

  test('writes one event for the sign-in, without personal data', async ({ assert }) => {
    const email = `${randomUUID()}@example.test`
    const before = await signInsOnRecord()
    await returned({ claims: { email } })
    assert.equal(await signInsOnRecord(), before + 1)
    const [event] = await asSuperuser(
      `select * from audit.events where action = 'session.started' order by occurred_at desc limit 1`
    )
    assert.equal(event.organisation_id, '00000000-0000-0000-0000-000000000000')
    assert.equal(event.actor_kind, 'visitor')
    assert.isNull(event.actor_ref)
    assert.deepEqual(event.facts, {})
    assert.notInclude(JSON.stringify(event), email)
  })
})

function callback(code: string, state: string) {
  return `/session/callback?${new URLSearchParams({ code, state })}`
}

async function assertRefused(assert: Assert, visitor: Visitor, status: number, expected: number) {
  assert.equal(status, expected)
  assert.isFalse(await isSignedIn(visitor))
}

async function isSignedIn(visitor: Visitor) {
  const { status } = await visitor.get('/organisations')
  return status === 200
}

async function accountsOf(subject: string) {
  const rows = await asSuperuser('select from users where subject = $1', [subject])
  return rows.length
}

async function signInsOnRecord() {
  const [{ count }] = await asSuperuser(
    `select count(*)::int from audit.events where action = 'session.started'`
  )
  return count
}
