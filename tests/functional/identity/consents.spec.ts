import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { cookieValue } from '#identity/consent_choice'
import Invitation from '#models/invitation'
import { processors } from '#registries/processors'
import env from '#start/env'
import { csrfOf, Visitor } from '#tests/support/visitor'
import { World } from '#tests/support/world'

const PAGES = ['/sign-in', '/consent/edit', '/privacy', '/cookies']
const PROJECT = 'testproject'
const SECRET = 'A'.repeat(43)

async function choose(visitor: Visitor, answer: string, fields = {}, headers = {}) {
  const page = await visitor.get('/consent/edit', headers)
  return visitor.post(
    '/consent?_method=PUT',
    { _csrf: csrfOf(page.text), answer, ...fields },
    headers
  )
}

function tracesOfClarity({ text, headers }: { text: string; headers: Headers }) {
  const html = text.replace(/<p[ >].*?<\/p>|<t[dh][ >].*?<\/t[dh]>/gs, '')
  return (html + headers.get('content-security-policy')).match(/clarity_loader|clarity\.ms/g) ?? []
}

function hasBanner(text: string) {
  return text.includes('aria-label="Cookie choice"')
}

test.group('Consent', (group) => {
  group.setup(() => {
    env.set('CLARITY_PROJECT_ID', PROJECT)
    return () => env.set('CLARITY_PROJECT_ID', '')
  })

  test('a host that the registry forgot is opened for nobody', async ({ assert, cleanup }) => {
    const clarity = processors.find(({ name }) => name === 'Microsoft Clarity')!
    const { sources } = clarity
    cleanup(() => void (clarity.sources = sources))
    const visitor = new Visitor()
    await choose(visitor, 'accepted')
    const policyOf = async () =>
      (await visitor.get('/privacy')).headers.get('content-security-policy')!
    assert.include(await policyOf(), 'clarity.ms')
    clarity.sources = {}
    assert.notInclude(await policyOf(), 'clarity.ms')
  })

  for (const path of PAGES) {
    test(`${path}: unasked asks, and shows nothing of Clarity`, async ({ assert }) => {
      const page = await new Visitor().get(path)
      assert.equal(page.status, 200)
      assert.equal(hasBanner(page.text), path !== '/consent/edit')
      assert.include(page.text, 'name="answer" value="rejected"')
      assert.isEmpty(tracesOfClarity(page))
    })

    test(`${path}: rejected shows neither`, async ({ assert }) => {
      const visitor = new Visitor()
      await choose(visitor, 'rejected')
      const page = await visitor.get(path)
      assert.isFalse(hasBanner(page.text))
      assert.isEmpty(tracesOfClarity(page))
    })

    test(`${path}: accepted loads Clarity, in the page and in its policy`, async ({ assert }) => {
      const visitor = new Visitor()
      await choose(visitor, 'accepted')
      const page = await visitor.get(path)
      assert.isFalse(hasBanner(page.text))
      assert.include(page.text, 'src="/clarity_loader.js"')
      assert.include(page.text, `data-project="${PROJECT}"`)
      assert.include(page.text, '<body data-clarity-mask="true"')
      const policy = page.headers.get('content-security-policy')!
      assert.match(policy, /script-src [^;]*https:\/\/www\.clarity\.ms/)
      assert.match(policy, /connect-src [^;]*https:\/\/\*\.clarity\.ms/)
      assert.notInclude(policy, 'bing')
    })
  }

  for (const [path, status] of [
    ['/sign-in?return_to=%2Fprojects', 200],
    ['/privacy?q=Ada', 200],
    [`/task/${SECRET}`, 410],
    [`/join/${SECRET}`, 410],
    [`/unsubscribe/${SECRET}`, 404],
    ['/task/Ada-Example', 410],
    ['/nowhere/ada@example.test', 404],
    ['/help/Ada%20Example', 404],
    ['/privacy/versions/ada@example.test', 404],
  ] as const) {
    test(`accepted loads nothing where an address may hold what was typed, or a secret: ${path}`, async ({
      assert,
    }) => {
      const visitor = new Visitor()
      await choose(visitor, 'accepted')
      const page = await visitor.get(path)
      assert.equal(page.status, status)
      assert.isEmpty(tracesOfClarity(page))
      assert.include(page.text, 'hx-boost:inherited="true"')
    })
  }

  test('accepted loads nothing in the search, nor in the answer to a form', async ({
    client,
    assert,
  }) => {
    const person = await (await World.create()).person('member')
    const open = (path: string) =>
      client.get(path).as(person).withCookie('orch_consent', cookieValue('accepted'))
    assert.include((await open('/feedback/create')).text(), 'clarity_loader.js')
    const search = await open('/search')
    search.assertStatus(200)
    assert.notInclude(search.text(), 'clarity_loader.js')
    assert.notInclude(search.header('content-security-policy'), 'clarity.ms')
    const visitor = new Visitor()
    await choose(visitor, 'accepted')
    const refused = await visitor.post('/session', {})
    assert.include(refused.text, '<body')
    assert.isEmpty(tracesOfClarity(refused))
  })

  test('no page but the search writes what is typed into its address', async ({ assert }) => {
    const views = app.viewsPath()
    const names = await readdir(views, { recursive: true })
    const writing = []
    for (const name of names.filter((one) => one.endsWith('.edge'))) {
      const text = await readFile(join(views, name), 'utf8')
      if (/hx-(push|replace)-url/.test(text)) writing.push(name)
    }
    assert.deepEqual(writing, [join('pages', 'search', 'show.edge')])
  })

  test('accepted has each page loaded anew, so that each is decided on anew', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await choose(visitor, 'accepted')
    assert.include((await visitor.get('/sign-in')).text, 'hx-boost:inherited="false"')
  })

  test('accepted loads nothing where no Clarity project is configured', async ({ assert }) => {
    const visitor = new Visitor()
    await choose(visitor, 'accepted')
    env.set('CLARITY_PROJECT_ID', '')
    const page = await visitor.get('/sign-in')
    env.set('CLARITY_PROJECT_ID', PROJECT)
    assert.isEmpty(tracesOfClarity(page))
  })

  test('one visitor’s consent opens nothing for the next', async ({ assert }) => {
    const accepting = new Visitor()
    await choose(accepting, 'accepted')
    const [, other] = await Promise.all([accepting.get('/sign-in'), new Visitor().get('/sign-in')])
    assert.isEmpty(tracesOfClarity(other))
  })

  test('is kept for a year, signed, in the one cookie', async ({ assert }) => {
    const visitor = new Visitor()
    const answer = await choose(visitor, 'accepted')
    assert.equal(answer.status, 303)
    assert.lengthOf(answer.cookies, 1)
    assert.match(
      answer.cookies[0],
      /^orch_consent=.+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/
    )
  })

  test('without the cookie the banner returns, whoever is signed in', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    await choose(visitor, 'accepted')
    visitor.deleteCookie('orch_consent')
    const page = await visitor.get('/organisations')
    assert.isTrue(hasBanner(page.text))
    assert.isEmpty(tracesOfClarity(page))
  })

  for (const forged of ['accepted', 's:ImFjY2VwdGVkIg.forged', 'j:"accepted"']) {
    test(`a forged cookie ${forged} counts as none`, async ({ assert }) => {
      const visitor = new Visitor()
      visitor.setCookie('orch_consent', encodeURIComponent(forged))
      const page = await visitor.get('/sign-in')
      assert.isTrue(hasBanner(page.text))
      assert.isEmpty(tracesOfClarity(page))
    })
  }

  test('a tampered cookie counts as none', async ({ assert }) => {
    const visitor = new Visitor()
    await choose(visitor, 'accepted')
    const genuine = visitor.cookie('orch_consent')!
    // Not at its end, where some characters stand for the same.
    const [start, other, rest] = [genuine.slice(0, -9), genuine.at(-9), genuine.slice(-8)]
    visitor.setCookie('orch_consent', start + (other === 'a' ? 'b' : 'a') + rest)
    const page = await visitor.get('/sign-in')
    assert.isTrue(hasBanner(page.text))
  })

  test('the signature of another cookie does not pass for this one', async ({ assert }) => {
    const visitor = new Visitor()
    await choose(visitor, 'accepted')
    visitor.setCookie('orch_org', visitor.cookie('orch_consent')!)
    visitor.deleteCookie('orch_consent')
    const page = await visitor.get('/sign-in')
    assert.isTrue(hasBanner(page.text))
  })

  test('Global Privacy Control counts as rejected until it is accepted', async ({ assert }) => {
    const visitor = new Visitor()
    const gpc = { 'Sec-GPC': '1' }
    const before = await visitor.get('/sign-in', gpc)
    assert.isFalse(hasBanner(before.text))
    assert.isEmpty(tracesOfClarity(before))
    assert.include((await visitor.get('/consent/edit', gpc)).text, 'Global Privacy Control')
    await choose(visitor, 'accepted', {}, gpc)
    const after = await visitor.get('/sign-in', gpc)
    assert.isNotEmpty(tracesOfClarity(after))
  })

  test('withdrawing expires Clarity’s cookies here and on every parent domain', async ({
    client,
    assert,
  }) => {
    const visitor = new Visitor()
    await choose(visitor, 'accepted')
    const page = await visitor.get('/consent/edit')
    const answer = await visitor.post(
      '/consent?_method=PUT',
      { _csrf: csrfOf(page.text), answer: 'rejected' },
      { 'X-Forwarded-Host': 'app.orchestrate.example' }
    )
    for (const name of ['_clck', '_clsk']) {
      for (const domain of [
        '',
        '; Domain=app.orchestrate.example',
        '; Domain=orchestrate.example',
      ]) {
        assert.include(answer.cookies, `${name}=; Path=/; Max-Age=0${domain}`)
      }
    }
    assert.lengthOf(answer.cookies, 7)
    const next = await visitor.get('/sign-in')
    assert.isEmpty(tracesOfClarity(next))
    const loader = await client.get('/clarity_loader.js')
    loader.assertStatus(200)
  })

  for (const [choice, expires] of [
    ['accepted', false],
    ['rejected', true],
    ['none', true],
  ] as const) {
    test(`a page expires Clarity’s cookies where nothing allows them: ${choice}`, async ({
      assert,
    }) => {
      const visitor = new Visitor()
      if (choice !== 'none') await choose(visitor, choice)
      assert.notInclude((await visitor.get('/privacy')).cookies.join(), '_cl')
      visitor.setCookie('_clck', 'outlived')
      const { cookies } = await visitor.get('/privacy')
      assert.equal(cookies.includes('_clck=; Path=/; Max-Age=0'), expires)
      assert.equal(cookies.includes('_clsk=; Path=/; Max-Age=0'), expires)
    })
  }

  test('returns to a page whose address no browser tells, such as an invitation', async ({
    assert,
  }) => {
    const world = await World.create()
    const { name, membershipId } = await world.person('owner')
    const offer = { email: 'invited@example.test', role: 'member' as const, projects: [] }
    const token = await world.inside(() => Invitation.invite(offer, { name, membershipId }))
    const visitor = new Visitor()
    const { text } = await visitor.get(`/join/${token}`)
    const [banner] = /<section class="consent"[^]*?<\/section>/.exec(text)!
    const [, back] = /name="return_to" value="([^"]+)"/.exec(banner)!
    const fields = { _csrf: csrfOf(banner), answer: 'rejected', return_to: back }
    const answer = await visitor.post('/consent?_method=PUT', fields)
    assert.equal(new URL(answer.headers.get('location')!, 'http://here').pathname, `/join/${token}`)
  })

  test('is not asked for on the answer to a form, which has no address to return to', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    const asking = 'aria-label="Cookie choice"'
    assert.include((await visitor.get('/sign-in')).text, asking)
    const refused = await visitor.post('/session', {})
    assert.equal(refused.status, 403)
    assert.notInclude(refused.text, asking)
    assert.include((await visitor.get('/sign-in')).text, asking)
  })

  test('returns to the page that asked, and to no other site', async ({ assert }) => {
    const visitor = new Visitor()
    const referer = (path: string) => ({ Referer: path })
    const here = await choose(visitor, 'rejected', {}, referer(`${visitor.origin}/privacy?a=1`))
    assert.equal(here.location, `${visitor.origin}/privacy?a=1`)
    const named = await choose(visitor, 'rejected', { return_to: '/cookies' })
    assert.equal(named.location, `${visitor.origin}/cookies`)
    const evil = await choose(visitor, 'rejected', {}, referer('https://evil.example/privacy'))
    assert.equal(evil.location, `${visitor.origin}/`)
    for (const path of ['//evil.example', '/\\evil.example', 'https:evil.example', '/..//evil']) {
      const answer = await choose(visitor, 'rejected', { return_to: path })
      assert.equal(answer.location, `${visitor.origin}/`)
    }
  })

  test('refuses any other answer', async ({ assert }) => {
    const visitor = new Visitor()
    const answer = await choose(visitor, 'maybe')
    assert.notInclude(answer.cookies.join(), 'orch_consent')
  })

  test('refuses an answer without the token of its form', async ({ assert }) => {
    const visitor = new Visitor()
    const answer = await visitor.post('/consent?_method=PUT', { answer: 'accepted' })
    assert.equal(answer.status, 403)
    assert.notInclude(answer.cookies.join(), 'orch_consent')
  })

  test('both answers are one click, by forms that need no script', async ({ assert }) => {
    const { text } = await new Visitor().get('/sign-in')
    const banner = text.slice(text.indexOf('aria-label="Cookie choice"'))
    assert.match(banner, /<button class="button" name="answer" value="accepted">/)
    assert.match(banner, /<button class="button" name="answer" value="rejected">/)
    assert.include(banner, 'hx-boost="false"')
    assert.include(text, '<a href="/consent/edit">Cookie choices</a>')
  })

  test('the loader denies advertising storage and identifies nobody', async ({
    client,
    assert,
  }) => {
    const response = await client.get('/clarity_loader.js')
    assert.include(response.text(), `'consentv2', { ad_Storage: 'denied'`)
    assert.notInclude(response.text(), 'identify')
  })
})
