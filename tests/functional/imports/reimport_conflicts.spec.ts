import { test } from '@japa/runner'
import { controls } from '#models/import/controls'
import { takeOf } from '#models/import/revising/revisions'
import RaidItem from '#models/raid_item'
import { quietly } from '#tests/support/admin'
import { unescaped } from '#tests/support/html'
import { eventsOf } from '#tests/support/imports'
import { edited, exported, type Edit } from '#tests/support/own_exports'
import { differences, Reimporting, seenIn } from '#tests/support/reimports'

test.group('Importing again what changed here since', (group) => {
  let here: Reimporting

  group.each.setup(async () => {
    here = await Reimporting.begin()
  })

  test('leaves out what was changed here since, unless it is chosen', async ({
    assert,
    client,
  }) => {
    const { risks } = await here.furnish()
    const [first, second] = risks
    const file = await exported(
      client,
      `/projects/${here.project.id}/raid.csv?type=risk`,
      here.person
    )
    await here.world.inside(
      () => first.revise({ title: 'Changed by a colleague' }, first.lockVersion),
      here.person
    )
    const changed = await edited(file, 'csv', [
      [first.ref, 'Title', 'Changed in the file'],
      [second.ref, 'Title', 'Changed in the file too'],
    ])
    const path = await here.upload(client, changed, 'risks.csv')
    let page = await here.preview(client, path)
    for (const words of [
      'One record was changed here',
      'Make 1 change',
      'Changed here too',
      '1 of 2 records will be changed',
    ]) {
      assert.include(page, words)
    }
    const take = takeOf(first.id, 2)
    await client
      .put(path)
      .as(here.person)
      .form({ [controls.shown]: [take], [controls.take]: [take] })
    page = await here.preview(client, path)
    assert.include(page, 'Make 2 changes')
    assert.include(page, '">2 records will be changed')
    const elsewhere = takeOf(second.id, 1)
    await client
      .put(path)
      .as(here.person)
      .form({ [controls.shown]: [elsewhere] })
    page = await here.preview(client, path)
    assert.include(page, 'Make 2 changes', 'what stands on another page stays chosen')
    await client
      .put(path)
      .as(here.person)
      .form({ [controls.shown]: [take] })
    page = await here.preview(client, path)
    await here.confirm(client, path, page)
    const titles = (await here.itemsNow()).map(({ title }) => title)
    assert.includeMembers(titles, ['Changed by a colleague', 'Changed in the file too'])
  })

  test('goes back to the preview when the record moved on meanwhile', async ({
    assert,
    client,
  }) => {
    const { risks } = await here.furnish()
    const path = await here.bringBack(client, 'raid.csv?type=risk', 'csv', [
      [risks[0].ref, 'Title', 'Changed in the file'],
    ])
    const page = await here.preview(client, path)
    await here.world.inside(
      () => risks[0].revise({ effect: 'Worse' }, risks[0].lockVersion),
      here.person
    )
    const form = { [controls.seen]: seenIn(page) }
    const response = await here.execute(client, path).form(form)
    assert.match(response.header('location')!, /\/edit$/)
    assert.lengthOf(await eventsOf(here.world, 'import.completed'), 0)
  })

  test('refuses row by row what the log would refuse, and changes the rest', async (ctx) => {
    const { assert, client } = ctx
    const { assumptions, risks, tasks } = await here.furnish()
    const [first, second] = risks
    const before = await here.itemsNow()
    const path = await here.bringBack(client, 'raid.csv?type=risk', 'csv', [
      [first.ref, 'Status', 'Realised'],
      [first.ref, 'Title', 'Not even this'],
      [second.ref, 'Current likelihood', ''],
    ])
    let page = await here.preview(client, path)
    assert.include(page, 'Open cannot become realised')
    assert.include(page, 'Choose the current likelihood too')
    assert.notInclude(page, 'formaction')
    const unproved = await here.bringBack(client, 'raid.csv?type=assumption', 'csv', [
      [assumptions[0].ref, 'Status', 'Invalidated'],
      [assumptions[1].ref, 'Status', 'Invalidated'],
    ])
    page = await here.preview(client, unproved)
    assert.include(page, 'On its page, enter why it proved false')
    assert.include(page, '1 record will be changed')
    const moved = await here.bringBack(client, 'tasks.csv?status=all', 'csv', [
      [tasks[0].ref, 'Status', 'Blocked'],
      [tasks[1].ref, 'Assignee', 'Nobody We Know'],
      [tasks[2].ref, 'Title', ''],
    ])
    page = await here.preview(client, moved)
    for (const reason of [
      'Enter what is holding it up',
      'can see this project',
      'Title cannot be empty',
    ]) {
      assert.include(page, reason)
    }
    assert.deepEqual(differences(before, await here.itemsNow()), [])
  })

  test('marks no assumption as invalidated because of a rejected risk', async ({
    assert,
    client,
  }) => {
    const { assumptions, risks } = await here.furnish()
    await here.world.inside(async () => {
      const [risk] = risks
      await risk.revise({ status: 'rejected' }, risk.lockVersion)
    }, here.person)
    const path = await here.bringBack(client, 'raid.csv?type=assumption', 'csv', [
      [assumptions[1].ref, 'Status', 'Invalidated'],
    ])
    const page = await here.preview(client, path)
    assert.include(page, 'On its page, enter why it proved false')
    assert.notInclude(page, '1 record will be changed')
  })

  test('is not undone by somebody who may not see it', async ({ assert, client }) => {
    const [secret] = await here.world.inside(async () => {
      const own = { type: 'risk', ownerId: here.person.membershipId } as const
      return [
        await RaidItem.raise(here.project, { ...own, title: 'A', sensitivity: 'named_people' }),
        await RaidItem.raise(here.project, { ...own, title: 'B' }),
      ]
    }, here.person)
    const edits = [1, 2].map((number) => [`${here.project.code}-R${number}`, 'Title', 'Changed'])
    const path = await here.bringBack(client, 'raid.csv?type=risk', 'csv', edits as Edit[])
    await here.confirm(client, path, await here.preview(client, path))
    await client.post(`${path}/reversal`).as(await here.world.person('pmo'))
    const after = await here.world.inside(async () => await RaidItem.query().orderBy('number'))
    assert.deepEqual(
      after.map(({ title }) => title),
      ['Changed', 'B']
    )
    assert.include((await client.get(path).as(here.person)).text(), secret.ref)
  })

  test('reports missing, invisible and repeated records', async (ctx) => {
    const { assert, client } = ctx
    const { risks } = await here.furnish()
    const [first, second] = risks
    const secret = await here.world.inside(() =>
      RaidItem.raise(here.project, { type: 'risk', title: 'Secret', sensitivity: 'named_people' })
    )
    const lines = (rows: string[][]) => rows.map((row) => row.join(',')).join('\n')
    const path = await here.upload(
      client,
      lines([
        ['Ref', 'Title', 'Status'],
        [first.ref, 'Renamed by the file', 'Open'],
        [secret.ref, 'Guessed', 'Open'],
        [`${here.project.code}-R999`, 'Never was', 'Open'],
        ['', 'Added at the end of the list', 'Open'],
      ])
    )
    const page = await here.preview(client, path)
    for (const words of [
      `There is no ${secret.ref} that you can see`,
      `There is no ${here.project.code}-R999 that you can see`,
      '1 record of the project is not in the file and stays as it is',
      'Import 1 entry and make 1 change',
      second.title,
    ]) {
      assert.include(page, words)
    }
    const twice = await here.upload(
      client,
      lines([
        ['Ref', 'Title', 'Status'],
        [first.ref, 'One way', 'Open'],
        [first.ref, 'Another way', 'Open'],
      ])
    )
    const other = await here.preview(client, twice)
    assert.include(other, `2 rows of the file are about ${first.ref}`)
  })

  test('restores no value that was erased from the trail', async ({ assert, client }) => {
    const { risks } = await here.furnish()
    const [first, second] = risks
    const path = await here.bringBack(client, 'raid.csv?type=risk', 'csv', [
      [first.ref, 'Title', 'Changed in the file'],
      [second.ref, 'Title', 'Changed in the file too'],
    ])
    await here.confirm(client, path, await here.preview(client, path))
    await quietly(
      `update audit.event_values set value = null, salt = null, redacted_at = now()
        where event_id in (select id from audit.events where entity_id = ? and action = 'raid_item.updated')`,
      [first.id]
    )
    await client.post(`${path}/reversal`).as(here.person)
    const titles = (await here.itemsNow()).map(({ title }) => title)
    assert.includeMembers(titles, ['Changed in the file', second.title])
    const page = await client.get(path).as(here.person)
    page.assertTextIncludes('had values that were erased since')
  })

  test('undoes only what nobody changed since', async ({ assert, client }) => {
    const { risks } = await here.furnish()
    const [first, second] = risks
    const path = await here.bringBack(client, 'raid.csv?type=risk', 'csv', [
      [first.ref, 'Effect', 'From the file'],
      [second.ref, 'Effect', 'From the file'],
    ])
    const page = await here.preview(client, path)
    await here.confirm(client, path, page)
    await here.world.inside(async () => {
      const item = await RaidItem.findOrFail(first.id)
      await item.revise({ cause: 'Found since' }, item.lockVersion)
    }, here.person)
    await client.post(`${path}/reversal`).as(here.person)
    const now = new Map((await here.itemsNow()).map((item) => [item.id, item]))
    assert.equal(now.get(first.id)!.effect, 'From the file')
    assert.equal(now.get(second.id)!.effect, second.effect)
    const result = unescaped((await client.get(path).as(here.person)).text())
    assert.include(result, 'was changed')
    const [undone] = await eventsOf(here.world, 'import.undone')
    assert.deepEqual(undone.facts, { format: 'csv', count: 0, changed: 1, skipped: 1 })
  })
})
