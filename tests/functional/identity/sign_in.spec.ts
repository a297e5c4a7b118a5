import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { demoPeople } from '#database/demo/people'
import { identityProvider } from '#identity/identity_provider'
import { forgetLocalAccount } from '#identity/local/accounts'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { csrfOf, Visitor } from '#tests/support/visitor'

test.group('Signing in', () => {
  test('one click signs a demo person in and returns to the page asked for', async ({ assert }) => {
    const visitor = new Visitor()
    const asked = await visitor.get('/organisations?from=mail')
    assert.equal(asked.location, `${visitor.origin}/sign-in`)
    const answer = await visitor.signIn('manager@demo.example')
    assert.equal(answer.location, `${visitor.origin}/organisations?from=mail`)
    const page = await visitor.get('/organisations')
    assert.equal(page.status, 200)
  })

  test('a demo person named on our own page is signed in without another', async ({ assert }) => {
    const visitor = new Visitor()
    const page = await visitor.get('/sign-in')
    for (const { name, email } of demoPeople) {
      assert.include(page.text, name)
      assert.include(page.text, email)
    }
    const started = await visitor.begin({ login_hint: 'viewer@demo.example' })
    const answer = await visitor.follow(started, (url) => url === `${visitor.origin}/`)
    assert.equal(answer.status, 303)
    const organisations = await visitor.get('/organisations')
    assert.equal(organisations.status, 200)
  })

  test('a demo person whose account was deleted signs up anew', async ({ assert }) => {
    const { email } = demoPeople.at(-2)!
    const first = new Visitor()
    await first.signIn(email)
    const [{ subject }] = await sql(admin(), 'select subject from users where email = ?', [email])
    assert.isTrue(forgetLocalAccount(subject))
    for (const fields of [{ login_hint: email }, {}] as Record<string, string>[]) {
      const visitor = new Visitor()
      const started = await visitor.begin(fields)
      const answer = fields.login_hint
        ? await visitor.follow(started, (url) => url === `${visitor.origin}/`)
        : await visitor.signIn(email)
      assert.equal(answer.status, 303)
      assert.equal((await visitor.get('/organisations')).status, 200)
      forgetLocalAccount(subject)
    }
  })

  test('the address in return_to survives the sign-in', async ({ assert }) => {
    const visitor = new Visitor()
    const answer = await visitor.signIn('manager@demo.example', { return_to: '/organisations?a=1' })
    assert.equal(answer.location, `${visitor.origin}/organisations?a=1`)
  })

  for (const returnTo of [
    '//evil.example',
    '/\\evil.example',
    '/%2Fevil.example',
    '/..//e.example',
  ]) {
    test(`return_to ${returnTo} leads home`, async ({ assert }) => {
      const visitor = new Visitor()
      const answer = await visitor.signIn('manager@demo.example', { return_to: returnTo })
      assert.equal(answer.location, `${visitor.origin}/`)
    })
  }

  test('whoever is signed in does not see the sign-in page again', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    const safe = await visitor.get('/sign-in?return_to=/organisations')
    assert.equal(safe.location, `${visitor.origin}/organisations`)
    const unsafe = await visitor.get('/sign-in?return_to=https:evil.example')
    assert.equal(unsafe.location, `${visitor.origin}/`)
  })

  test('under another host name the sign-in moves to the known one', async ({ assert }) => {
    const visitor = new Visitor(`http://localhost:${process.env.PORT}`)
    const answer = await visitor.get('/sign-in?return_to=/organisations')
    assert.equal(answer.status, 303)
    assert.equal(answer.location, `${process.env.APP_URL}/sign-in?return_to=%2Forganisations`)
  })

  test('a sign-in without the token of its form is refused', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.get('/sign-in')
    const answer = await visitor.post('/session', {})
    assert.equal(answer.status, 403)
  })

  test('the page may send its form to the identity provider and nowhere else', async ({
    assert,
  }) => {
    const { headers } = await new Visitor().get('/sign-in')
    const policy = headers.get('content-security-policy')!
    assert.include(policy, `form-action 'self' ${identityProvider().origin};`)
  })

  test('the session id changes, and the old one is dead', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.get('/sign-in')
    const planted = visitor.cookie('appSession')!
    await visitor.signIn('manager@demo.example')
    assert.notEqual(visitor.cookie('appSession'), planted)
    const attacker = new Visitor()
    attacker.setCookie('appSession', planted)
    const answer = await attacker.get('/organisations')
    assert.equal(answer.location, `${visitor.origin}/sign-in`)
  })
})

test.group('The local identity provider', () => {
  test('lists every demo person with their role', async ({ assert }) => {
    const visitor = new Visitor()
    const page = await visitor.follow(await visitor.begin())
    assert.equal(page.status, 200)
    for (const { name, title } of demoPeople) {
      assert.include(page.text, name)
      assert.include(page.text, title)
    }
    assert.notInclude(page.text, '<script')
  })

  test('lives under another host name, so that its cookies stay out of our jar', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    const provider = new URL(identityProvider().origin).hostname
    assert.notEqual(provider, new URL(process.env.APP_URL!).hostname)
    assert.isDefined(visitor.cookie('_session', provider))
    assert.isUndefined(visitor.cookie('_session'))
  })

  test('serves its page under a policy without scripts', async ({ assert }) => {
    const visitor = new Visitor()
    const { headers } = await visitor.follow(await visitor.begin())
    const policy = headers.get('content-security-policy')!
    assert.include(policy, `default-src 'none'`)
    assert.include(policy, `form-action 'self' ${visitor.origin}`)
    assert.notInclude(policy, 'unsafe')
  })

  test('lets somebody else in by name and address', async ({ assert }) => {
    const visitor = new Visitor()
    const email = `${randomUUID()}@example.test`
    const people = await visitor.follow(await visitor.begin())
    const chosen = await visitor.post(people.url, { email, name: 'Some <b>Body' })
    await visitor.follow(chosen, (url) => url === `${visitor.origin}/`)
    const page = await visitor.get('/organisations')
    assert.equal(page.status, 200)
    assert.include(page.text, 'do not belong to an organisation')
  })

  test('asks again for an address that is none', async ({ assert }) => {
    const visitor = new Visitor()
    const people = await visitor.follow(await visitor.begin())
    const answer = await visitor.post(people.url, { email: 'nobody', name: '' })
    assert.equal(answer.status, 422)
    assert.include(answer.text, 'type an email address')
  })

  test('asks who signs in every time', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    const page = await visitor.get('/organisations')
    await visitor.post('/session?_method=DELETE', { _csrf: csrfOf(page.text) })
    const again = await visitor.follow(await visitor.begin())
    assert.include(again.text, 'Who are you?')
  })
})
