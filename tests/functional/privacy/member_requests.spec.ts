import { test } from '@japa/runner'
import { receive } from '#tests/support/exercises/privacy'
import { register, World } from '#tests/support/world'

test.group('Privacy requests of members', () => {
  test('are known to those who manage the organisation, without a word of what they say', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const [mine, theirs] = [await world.person('team'), await register('elsewhere')]
    const [request, other] = [await receive(mine), await receive(theirs)]
    for (const role of ['owner', 'admin', 'auditor'] as const) {
      const page = await client.get('/privacy-requests').as(await world.person(role))
      page.assertStatus(200)
      assert.include(page.text(), request.ref)
      assert.include(page.text(), mine.name)
      assert.notInclude(page.text(), other.ref)
      assert.notInclude(page.text(), 'Everything, please')
      assert.notInclude(page.text(), mine.email)
    }
    const refused = await client.get('/privacy-requests').as(mine)
    refused.assertStatus(403)
  })
})
