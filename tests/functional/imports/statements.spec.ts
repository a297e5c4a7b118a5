import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { countQueries } from '#tests/support/query_count'
import { edited, exported, type Edit } from '#tests/support/own_exports'
import { Reimporting, seenIn } from '#tests/support/reimports'
import { controls } from '#models/import/controls'

const [FEW, MANY] = [3, 30]

test.group('Imports: statements', (group) => {
  let here: Reimporting
  group.each.setup(async () => {
    here = await Reimporting.begin()
  })

  for (const [list, change] of [
    ['raid.csv?type=risk', async () => ['Owner', (await here.world.person('pmo')).name] as const],
    ['tasks.csv?status=all', async () => ['Part of', 'T1'] as const],
  ] as const) {
    test(`are as many for many changes as for few, also when undone: ${list}`, async ({
      assert,
      client,
    }) => {
      await fill()
      const [header, value] = await change()
      const counts = []
      for (const [from, to] of [
        [1, 1 + FEW],
        [1 + FEW, 1 + FEW + MANY],
      ]) {
        const file = await exported(client, `/projects/${here.project.id}/${list}`, here.person)
        const refs = file.toString().match(/^[A-Z0-9]+-[RT]\d+(?=,)/gm)!
        const edits = refs.slice(from, to).map((ref): Edit => [ref, header, value])
        const path = await here.upload(client, await edited(file, 'csv', edits), 'list.csv')
        const form = { [controls.seen]: seenIn(await here.preview(client, path)) }
        counts.push([
          await countQueries(async () => {
            const done = await here.execute(client, path).form(form)
            done.assertHeader('location', path)
          }),
          await countQueries(async () => {
            await client.post(`${path}/reversal`).as(here.person)
          }),
        ])
      }
      assert.deepEqual(counts[1], counts[0])
    })
  }

  async function fill() {
    await here.world.inside(async () => {
      for (let number = 1; number <= 1 + FEW + MANY; number++) {
        await RaidItem.raise(here.project, { type: 'risk', title: `Risk ${number}` })
        const task = { title: `Task ${number}`, assigneeId: here.person.membershipId }
        await Task.add(here.project, task)
      }
    }, here.person)
  }
})
