import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import { World } from '#tests/support/world'

test.group('RAID items', () => {
  test('a project manager raises a risk and finds it in the log', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const url = `/projects/${project.id}/raid`
    const stored = await client.post(url).as(manager).form({
      type: 'risk',
      title: 'The crane arrives late',
      nature: 'threat',
      current_likelihood: '4',
      current_impact: '5',
    })
    stored.assertStatus(303)
    const list = await client.get(url).as(manager)
    list.assertStatus(200)
    assert.include(list.text(), 'The crane arrives late')
    assert.include(list.text(), `${project.code}-R1`)
    const item = await client.get(stored.header('location')!).as(manager)
    item.assertStatus(200)
    assert.include(item.text(), 'Severe')
  })

  for (const type of ['risk', 'assumption', 'issue', 'dependency', 'decision']) {
    test(`every screen of a ${type} answers`, async ({ client }) => {
      const world = await World.create()
      const project = await world.project()
      const manager = await world.person('manager')
      const url = `/projects/${project.id}/raid`
      const item = await world.inside(() => RaidItem.raise(project, { type, title: 'One' } as any))
      for (const path of [
        `?type=${type}`,
        `/create?type=${type}`,
        `/${item.id}`,
        `/${item.id}/edit`,
      ]) {
        const response = await client.get(url + path).as(manager)
        response.assertStatus(200)
      }
      for (const path of [
        `/raid?type=${type}`,
        '/projects',
        `/projects/${project.id}`,
        `/projects/${project.id}/edit`,
      ]) {
        const response = await client.get(path).as(manager)
        response.assertStatus(200)
      }
    })
  }
})
