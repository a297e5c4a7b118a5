import { test } from '@japa/runner'
import { World } from '#tests/support/world'

test.group('Projects', () => {
  test('a member sees the projects they have a role in', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project({ name: 'Harbour lights' })
    const response = await client.get('/projects').as(await world.person('team'))
    response.assertStatus(200)
    assert.include(response.text(), project.name)
  })

  test('a stranger to every project sees none of them', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const response = await client.get('/projects').as(await world.person('stranger'))
    assert.notInclude(response.text(), project.code)
  })
})
