import { test } from '@japa/runner'
import { World } from '#tests/support/world'

const nameField = (html: string) => html.match(/<input[^>]* name="name"[^>]*>/)?.[0]

test.group('What browsers fill in', () => {
  test('is no one’s own name where something else is named', async ({ assert, client }) => {
    const owner = await (await World.create()).person('owner')
    for (const path of ['/projects/create', '/raid/views/create', '/settings']) {
      const page = await client.get(path).as(owner)
      assert.include(nameField(page.text()), 'autocomplete="off"', path)
    }
    const profile = await client.get('/profile').as(owner)
    assert.include(nameField(profile.text()), 'autocomplete="name"')
  })
})
