import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import RaidItem from '#models/raid_item'
import { upload } from '#tests/support/imports'
import { World } from '#tests/support/world'

test.group('Importing a file', () => {
  test('uploads, shows what each row becomes, imports and undoes', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const person = await world.person('manager')
    const path = await upload({ client, person, project })

    const preview = await client.get(`${path}/edit`).as(person)
    preview.assertStatus(200)
    preview.assertTextIncludes('Import 2 entries')
    preview.assertTextIncludes('The crane arrives late')
    preview.assertTextIncludes('manager person')

    const done = await client.post(`${path}/execution`).as(person)
    done.assertStatus(303)
    const result = await client.get(path).as(person)
    result.assertTextIncludes('2 entries added')

    const items = await world.inside(async () => await RaidItem.query().orderBy('number'))
    assert.deepEqual(
      items.map((item) => item.number),
      [1, 2]
    )
    const undone = await client.post(`${path}/reversal`).as(person)
    undone.assertStatus(303)
    const after = await client.get(path).as(person)
    after.assertTextIncludes('2 of 2 entries')
    assert.lengthOf(await world.inside(async () => await RaidItem.query()), 0)
  })

  test('asks about a doubtful name, and adds nobody for it', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const person = await world.person('manager')
    const content = [
      'Type,Title,Owner,Counterpart',
      'Risk,The crane arrives late,jo@crane,',
      'Risk,The crane falls over,Jo Crane,',
      'Risk,The crane sinks,jo@crane.example,',
      'Dependency,The harbour lets it in,,x',
    ].join('\n')
    const path = await upload({ client, person, project }, content)

    const preview = await client.get(`${path}/edit`).as(person)
    preview.assertTextIncludes('Owner “jo@crane”: is this an address? The text is kept as written')
    preview.assertTextIncludes('Counterpart “x”: is this a name? The text is kept as written')
    assert.lengthOf(preview.text().match(/: is this an? /g)!, 2)

    const done = await client.post(`${path}/execution`).as(person)
    done.assertStatus(303)
    const { items, outside } = await world.inside(async () => ({
      items: await RaidItem.query().orderBy('number'),
      outside: await ExternalResource.query(),
    }))
    assert.deepEqual(
      items.filter(({ type }) => type === 'risk').map(({ ownerLabel }) => ownerLabel),
      ['jo@crane', 'Jo Crane', 'jo@crane.example']
    )
    assert.lengthOf(outside, 0)
  })
})
