import { test } from '@japa/runner'
import { fetchRaw } from '#tests/support/raw_http'
import { World } from '#tests/support/world'

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

test.group('Protective headers', () => {
  for (const path of ['/sign-in', '/nowhere', '/favicon.svg', '/health/live', '/projects']) {
    test(`come with ${path}`, async ({ assert }) => {
      const { headers } = await fetchRaw(path)
      assert.containsSubset(headers, EVERYWHERE)
      assert.match(headers['content-security-policy'] as string, /frame-ancestors 'none'/)
    })
  }

  test('come with a form that is refused for lack of a token', async ({ client, assert }) => {
    const answer = await client.post('/session')
    answer.assertStatus(403)
    assert.containsSubset(answer.headers(), EVERYWHERE)
    assert.match(answer.header('content-security-policy')!, /default-src 'none'/)
  })
})

/** What a policy says, by directive; told twice it would be told wrongly. */
function directivesOf(policy: string) {
  const directives = policy.split('; ').map((one) => one.split(' '))
  return directives.map(([name, ...sources]) => [name, sources] as const)
}

test.group('The content security policy', () => {
  for (const path of ['/sign-in', '/nowhere', '/', '/privacy', '/api/v1/projects']) {
    test(`of ${path} opens nothing beyond this site, and says nothing twice`, async ({
      assert,
    }) => {
      const { headers } = await fetchRaw(path)
      const directives = directivesOf(headers['content-security-policy'] as string)
      const names = directives.map(([name]) => name)
      assert.deepEqual(names, [...new Set(names)])
      for (const [name, sources] of directives)
        assert.deepEqual(sources, [...new Set(sources)], name)
      const { 'form-action': forms, ...policy } = Object.fromEntries(directives)
      assert.lengthOf(forms, 2)
      assert.deepEqual(policy, {
        'default-src': [`'none'`],
        'base-uri': [`'none'`],
        'script-src': [`'self'`],
        'style-src': [`'self'`],
        'img-src': [`'self'`],
        'connect-src': [`'self'`],
        'frame-src': [`'self'`],
        'frame-ancestors': [`'none'`],
        'report-uri': ['/csp-reports'],
      })
    })
  }

  test('comes with a file and with a form that is refused as with any page', async ({
    client,
    assert,
  }) => {
    const { headers } = await fetchRaw('/sign-in')
    const policy = headers['content-security-policy'] as string
    assert.equal((await fetchRaw('/favicon.svg')).headers['content-security-policy'], policy)
    assert.equal((await client.post('/session')).header('content-security-policy'), policy)
  })
})

test.group('Keeping of pages', () => {
  test('no browser keeps a page that someone was shown', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    for (const path of ['/projects', `/projects/${project.id}`, `/projects/${project.id}/none`]) {
      const answer = await client.get(path).as(manager)
      assert.equal(answer.header('cache-control'), 'no-store', path)
    }
    const list = await client
      .get(`/projects/${project.id}/raid`)
      .as(manager)
      .forFragment('raid-list', 'div')
    assert.equal(list.header('cache-control'), 'no-store')
  })

  test('files that hold nothing of anyone’s are kept', async ({ assert }) => {
    const { headers } = await fetchRaw('/favicon.svg')
    assert.notEqual(headers['cache-control'], 'no-store')
  })
})
