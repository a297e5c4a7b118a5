import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import { eventsOf, upload } from '#tests/support/imports'
import { World } from '#tests/support/world'

/** Files that people brought. The repository holds no copy of them, so they are read where they exist. */
const FOLDER = process.env.SHARED_DATA ?? app.makePath('../shared/data')

const FILES = [
  { name: 'raid-log.xlsx', counts: { risk: 4, assumption: 3, issue: 4, dependency: 5 } },
  { name: 'risks-de.csv', counts: { risk: 10 } },
  { name: 'jira-export.csv', counts: { issue: 100 } },
]

test.group('Files that people bring', () => {
  for (const { name, counts } of FILES) {
    test(name, async ({ assert, client }) => {
      const world = await World.create()
      const project = await world.project()
      const person = await world.person('manager')
      const path = await upload({ client, person, project }, readFileSync(join(FOLDER, name)), name)
      await client.post(`${path}/execution`).as(person)
      const items = await world.inside(async () => await RaidItem.query())
      const found = Object.groupBy(items, ({ type }) => type)
      assert.deepEqual(
        Object.fromEntries(Object.entries(found).map(([type, of]) => [type, of.length])),
        counts
      )
      const told = await eventsOf(world, 'raid_item.created')
      assert.sameMembers(
        told.map((event) => event.entity_id),
        items.map(({ id }) => id)
      )
    }).skip(!existsSync(join(FOLDER, name)), 'not on this machine')
  }
})
