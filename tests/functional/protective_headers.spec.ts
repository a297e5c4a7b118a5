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
      if (path !== '/favicon.svg') {
        assert.match(headers['content-security-policy'] as string, /frame-ancestors 'none'/)
      }
    })
  }

  test('come with a form that is refused for lack of a token', async ({ client, assert }) => {
    const answer = await client.post('/session')
    answer.assertStatus(403)
    assert.containsSubset(answer.headers(), EVERYWHERE)
    assert.match(answer.header('content-security-policy')!, /default-src 'self'/)
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
