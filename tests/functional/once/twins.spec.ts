import { test } from '@japa/runner'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

test.group('A form that is filled in anew', () => {
  for (const list of ['raid', 'tasks']) {
    test(`adds another, and says so of one title by one person: ${list}`, async ({
      assert,
      client,
    }) => {
      const world = await World.create()
      const project = await world.project()
      const manager = await world.person('manager')
      const walks = new Map<Person, Walk>()
      const add = async (as: Person, title: string) => {
        const walk = walks.get(as) ?? (await Walk.begin(client, as))
        walks.set(as, walk)
        const { membershipId } = manager
        const task = { title, status: 'todo', priority: 'medium', assignee: membershipId }
        const risk = { type: 'risk', nature: 'threat', title, status: 'open' }
        const fields = list === 'tasks' ? task : risk
        return (await walk.submitAndFollow(`/projects/${project.id}/${list}`, fields)).text()
      }

      assert.notInclude(await add(manager, 'Pump'), 'with the same title')
      const page = await add(manager, 'Pump')
      assert.match(page, /was added\. You added \w+-[RT]1 with the same title shortly before\./)
      const [, href] = page.match(/<a href="([^"]+)">Open \w+-[RT]1</)!
      assert.include((await client.get(href).as(manager)).text(), 'Pump')
      assert.notInclude(await add(await world.person('pmo'), 'Pump'), 'with the same title')
      assert.notInclude(await add(manager, 'Another pump'), 'with the same title')
    })
  }
})
