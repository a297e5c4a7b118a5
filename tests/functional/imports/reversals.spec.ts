import { test } from '@japa/runner'
import Comment from '#models/comment'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import RaidReader from '#models/raid_reader'
import Task from '#models/task'
import { eventsOf, Importing } from '#tests/support/imports'

test.group('Undoing an import', (group) => {
  let here: Importing

  group.each.setup(async () => {
    here = await Importing.begin()
  })

  test('removes what nobody touched and keeps the rest', async ({ assert, client }) => {
    const titles = ['Untouched', 'Changed', 'Commented', 'Linked', 'Linked too', 'Also untouched']
    const { path, items } = await run(client, titles)
    await here.world.inside(async () => {
      await items[1].revise({ title: 'Changed since' }, 1)
      await Comment.add(items[2], here.project, 'Seen on site')
      await RaidLink.create({ fromId: items[3].id, toId: items[4].id, kind: 'relates_to' })
    }, here.person)

    const undone = await client.post(`${path}/reversal`).as(here.person)
    undone.assertStatus(303)
    const left = await here.world.inside(async () => await RaidItem.query().orderBy('number'))
    assert.deepEqual(
      left.map(({ title }) => title),
      ['Changed since', 'Commented', 'Linked', 'Linked too']
    )
    const deleted = await eventsOf(here.world, 'raid_item.deleted')
    assert.sameMembers(
      deleted.map((event) => event.entity_id),
      [items[0].id, items[5].id]
    )
    const page = await client.get(path).as(here.person)
    page.assertTextIncludes('2 of 6 entries removed')
    for (const reason of ['was changed', 'has comments', 'is linked'])
      page.assertTextIncludes(reason)
    const [event] = await eventsOf(here.world, 'import.undone')
    assert.deepEqual(event.facts, { format: 'csv', count: 2, skipped: 4 })
  })

  test('keeps what a task answers', async ({ assert, client }) => {
    const { path, items } = await run(client, ['Answered', 'Untouched'])
    await here.world.inside(async () => {
      const work = { title: 'Hire a second crane', assigneeId: here.person.membershipId }
      await Task.add(here.project, { ...work, raidItemId: items[0].id, sourceKind: 'raid_item' })
    }, here.person)
    const undone = await client.post(`${path}/reversal`).as(here.person)
    undone.assertStatus(303)
    const left = await here.world.inside(async () => await RaidItem.query())
    assert.deepEqual(
      left.map(({ title }) => title),
      ['Answered']
    )
    const page = await client.get(path).as(here.person)
    page.assertTextIncludes('is answered by a task')
  })

  test('keeps what is shared with people by name', async ({ assert, client }) => {
    const file = 'Risk,Status,Sensitivity\nShared,Open,Named people\nKept,Open,Named people'
    const path = await here.upload(client, file)
    await here.execute(client, path)
    const { membershipId } = await here.world.person('team')
    await here.world.inside(async () => {
      const [item] = await RaidItem.query().orderBy('number')
      await RaidReader.create({ raidItemId: item.id, membershipId })
    }, here.person)
    await client.post(`${path}/reversal`).as(here.person)
    const left = await here.world.inside(async () => await RaidItem.query())
    assert.deepEqual(
      left.map(({ title }) => title),
      ['Shared']
    )
    assert.include(await textOf(client, path), 'is shared with named people')
  })

  test('keeps what was escalated to the level at which the file had put it', async ({
    assert,
    client,
  }) => {
    const path = await here.upload(client, 'Risk,Status,Escalation\nLate crane,Open,Organisation')
    await here.execute(client, path)
    await here.world.inside(async () => {
      const item = (await RaidItem.query().firstOrFail()).refersTo(here.project)
      const asked = { ask: 'A rig', reason: 'None is left', askedOfId: null }
      await RaidEscalation.raise(item, here.project, { level: 'organisation', ...asked })
    }, here.person)
    const undone = await client.post(`${path}/reversal`).as(here.person)
    undone.assertStatus(303)
    assert.lengthOf(await here.world.inside(async () => await RaidEscalation.query()), 1)
    const page = await client.get(path).as(here.person)
    page.assertTextIncludes('was escalated')
  })

  test('does not name what was made confidential since', async ({ assert, client }) => {
    const { path, items } = await run(client, ['Plain', 'Secret'])
    await here.world.inside(async () => {
      for (const item of items) await item.revise({ title: `${item.title} changed` }, 1)
      await items[1].revise({ sensitivity: 'named_people' }, 2)
    })
    await client.post(`${path}/reversal`).as(here.person)
    const page = await client.get(path).as(await here.world.person('pmo'))
    page.assertTextIncludes(items[0].id)
    page.assertTextIncludes('1 more was kept that you cannot see')
    assert.notInclude(page.text(), items[1].id)
    assert.notInclude(page.text(), `-R${items[1].number}<`)
  })

  test('leaves alone what whoever undoes it may not see', async ({ assert, client }) => {
    const path = await here.upload(
      client,
      ['Risk,Status,Sensitivity', 'Plain,Open,Normal', 'Secret,Open,Named people'].join('\n')
    )
    await here.execute(client, path)
    const office = await here.world.person('pmo')
    const undone = await client.post(`${path}/reversal`).as(office)
    undone.assertStatus(303)
    const left = await here.world.inside(async () => await RaidItem.query())
    assert.deepEqual(
      left.map(({ title, sensitivity }) => [title, sensitivity]),
      [['Secret', 'named_people']]
    )
    const page = await client.get(path).as(office)
    page.assertTextIncludes('1 more was kept that you cannot see')
    assert.include(await textOf(client, path), 'has restricted access')
  })

  test('happens once, and its refs stay used', async ({ assert, client }) => {
    const { path } = await run(client, ['First', 'Second'])
    const answers = await Promise.all(
      [1, 2, 3].map(() => client.post(`${path}/reversal`).as(here.person))
    )
    for (const answer of answers) answer.assertStatus(303)
    assert.lengthOf(await eventsOf(here.world, 'import.undone'), 1)
    assert.lengthOf(await eventsOf(here.world, 'raid_item.deleted'), 2)

    const again = await here.execute(client, path)
    again.assertHeader('location', path)
    const next = await here.world.inside(() =>
      RaidItem.raise(here.project, { type: 'risk', title: 'Next' })
    )
    assert.equal(next.number, 3)
  })

  test('links its result to the imported entries', async ({ assert, client }) => {
    const file = ['Issue,Status,Severity', 'The door jams,Open,3'].join('\n')
    const path = await here.upload(client, file, 'issues.csv')
    await here.execute(client, path)
    const result = await client.get(path).as(here.person)
    assert.match(result.text(), /raid\?type=issue"[^]{0,200}Open the RAID log/)
  })

  test('leaves a draft and other imports alone', async ({ assert, client }) => {
    const { items } = await run(client, ['From another file'])
    const draft = await here.upload(client)
    await client.post(`${draft}/reversal`).as(here.person)
    assert.lengthOf(await eventsOf(here.world, 'import.undone'), 0)
    const left = await here.world.inside(async () => await RaidItem.query())
    assert.deepEqual(
      left.map(({ id }) => id),
      items.map(({ id }) => id)
    )
  })

  async function textOf(client: any, path: string) {
    return (await client.get(path).as(here.person)).text()
  }

  async function run(client: any, titles: string[]) {
    const lines = ['Risk,Status', ...titles.map((title) => `${title},Open`)]
    const path = await here.upload(client, lines.join('\n'))
    const done = await here.execute(client, path)
    done.assertHeader('location', path)
    const items = await here.world.inside(async () => await RaidItem.query().orderBy('number'))
    for (const item of items) item.refersTo(here.project)
    return { path, items }
  }
})
