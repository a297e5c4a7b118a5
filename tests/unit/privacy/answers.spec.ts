import { test } from '@japa/runner'
import { checkAnswer, type Answer } from '#privacy/checks/responses'
import { checkRoutes } from '#privacy/checks/routes'
import { declaredRoutes } from '#start/router'

const PLAIN: Answer = {
  path: '/',
  accepted: false,
  status: 200,
  cookies: ['appSession=x; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax', '_clck=; Max-Age=0'],
  policy: `default-src 'self'; script-src 'self' 'nonce-x'; form-action 'self' https://id.example`,
  html: '<a href="https://ico.org.uk">ICO</a><script src="/clarity_loader.js"></script>',
}

const OURS = ['https://id.example']

function told(change: Partial<Answer>) {
  return checkAnswer({ ...PLAIN, ...change }, OURS).map(({ text }) => text)
}

test.group('Answers', () => {
  test('that keep to the registries are in order', ({ assert }) => {
    assert.deepEqual(told({}), [])
  })

  const broken: Record<string, [Partial<Answer>, RegExp]> = {
    'an undeclared cookie': [{ cookies: ['tracker=1'] }, /sets the cookie tracker/],
    'a cookie of Clarity’s': [{ cookies: ['_clck=1; Max-Age=60'] }, /sets the cookie _clck/],
    'a cookie kept for too long': [
      { cookies: ['orch_consent=x; Max-Age=99999999; HttpOnly; SameSite=Lax'] },
      /keeps orch_consent/,
    ],
    'a session cookie that outlives the browser': [
      { cookies: ['orch_org=x; Max-Age=60; HttpOnly; SameSite=Lax'] },
      /keeps orch_org/,
    ],
    'a cookie that scripts can read': [
      { cookies: ['orch_org=x; Path=/; SameSite=Lax'] },
      /without HttpOnly/,
    ],
    'a host opened before consent': [
      { policy: `script-src https://www.clarity.ms` },
      /opens https:\/\/www\.clarity\.ms/,
    ],
    'a host of nobody’s': [
      { accepted: true, policy: `img-src https://c.bing.com` },
      /opens https:\/\/c\.bing\.com/,
    ],
    'a script from elsewhere': [
      { html: '<script src="//cdn.example/a.js"></script>' },
      /loads \/\/cdn\.example/,
    ],
    'a field for passwords': [{ html: '<input type="password">' }, /asks for a password/],
    'a failure': [{ status: 500 }, /answered 500/],
  }

  for (const [title, [change, expected]] of Object.entries(broken)) {
    test(`are found to break them: ${title}`, ({ assert }) => {
      assert.match(told(change).join('\n'), expected)
    })
  }

  test('after consent the hosts of analytics are in order', ({ assert }) => {
    const policy = 'script-src https://www.clarity.ms; connect-src https://*.clarity.ms'
    assert.deepEqual(told({ accepted: true, policy }), [])
  })
})

test.group('Addresses', () => {
  test('hold ids and declared secrets, and the promised pages are there', ({ assert }) => {
    assert.deepEqual(checkRoutes(declaredRoutes()), [])
  })

  test('that could hold what people typed are found', ({ assert }) => {
    const added = [
      ...declaredRoutes(),
      { pattern: '/people/:email', methods: ['GET'] },
      { pattern: '/password', methods: ['GET'] },
    ]
    const found = checkRoutes(added).map(({ text }) => text)
    assert.deepEqual(found, [
      '/people/:email holds email: say what it is',
      '/password: the product knows no passwords',
    ])
    assert.include(
      checkRoutes([]).map(({ text }) => text),
      'the page privacy is gone'
    )
  })
})
