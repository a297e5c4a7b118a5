import { test } from '@japa/runner'
import { cookies } from '#registries/cookies'
import { processors } from '#registries/processors'

test.group('Policies', () => {
  for (const path of ['/privacy', '/cookies']) {
    test(`${path} tells of every cookie, without an account`, async ({ client, assert }) => {
      const response = await client.get(path)
      response.assertStatus(200)
      for (const { name, duration } of cookies) {
        assert.include(response.text(), `<code>${name}</code>`)
        assert.include(response.text(), duration)
      }
    })
  }

  test('/privacy names the controller, the contact and every processor', async ({
    client,
    assert,
  }) => {
    const response = await client.get('/privacy')
    const facts = ['APTIM-Solutions Ltd', 'privacy@aptim-solutions.com', 'ico.org.uk']
    for (const fact of [...facts, ...processors.map(({ name }) => name)]) {
      assert.include(response.text(), fact)
    }
  })
})
