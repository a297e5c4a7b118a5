import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import Import from '#models/import'
import RaidItem from '#models/raid_item'
import { today } from '#models/days'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { eventsOf } from '#tests/support/imports'
import { LargeImporting } from '#tests/support/large_imports'
import { rollingBack } from '#tests/support/rollback'
import { writeXlsx } from '#tests/support/xlsx_writer'

test.group('Importing', (group) => {
  let here: LargeImporting

  group.each.setup(async () => {
    here = await LargeImporting.begin()
  })

  test('adds the rows in their order, each with its event', async ({ assert, client }) => {
    const path = await run(client, [
      'Type,ID,Title',
      'Risk,7,The crane arrives late',
      'Issue,8,The yard is flooded',
      'Risk,7.1,Two testers leave',
    ])
    const items = await itemsOf(path)
    assert.deepEqual(
      items.map((item) => [item.refersTo(here.project).ref.split('-')[1], item.title]),
      [
        ['R1', 'The crane arrives late'],
        ['I1', 'The yard is flooded'],
        ['R2', 'Two testers leave'],
      ]
    )
    assert.isTrue(items.every((item) => item.createdBy === here.person.membershipId))
    assert.include(items[0].description, 'Imported from risks.csv, row 2, id 7')

    const created = await eventsOf(here.world, 'raid_item.created')
    assert.sameMembers(
      created.map((event) => event.entity_id),
      items.map(({ id }) => id)
    )
    const [completed, ...others] = await eventsOf(here.world, 'import.completed')
    assert.deepEqual(completed.facts, { format: 'csv', count: 3, skipped: 0 })
    assert.lengthOf(others, 0)
  })

  test('records an item as the item’s own page would', async ({ assert, client }) => {
    const path = await run(client, ['Risk,Likelihood,Impact', 'The crane arrives late,4,5'])
    const [imported] = await itemsOf(path)
    const raised = await here.world.inside(
      () =>
        RaidItem.raise(here.project, {
          type: 'risk',
          title: imported.title,
          description: imported.description,
          currentLikelihood: 4,
          currentImpact: 5,
        }),
      here.person
    )
    const [theirs, ours] = [await toldOf(imported.id), await toldOf(raised.id)]
    assert.deepEqual(theirs.paths, ours.paths)
    assert.deepEqual(
      { ...theirs.facts, import: undefined },
      { ...ours.facts, ref: theirs.facts.ref, import: undefined }
    )
    assert.equal(theirs.facts.import, imported.importId)
  })

  test('finds the members that owners name', async ({ assert, client }) => {
    const path = await run(client, [
      'Risk,Owner,Actionee',
      `One risk of ours,"PERSON,  manager",${here.person.email.toUpperCase()}`,
      'Another risk,Somebody Else,Person',
    ])
    const [named, unknown] = await itemsOf(path)
    assert.deepInclude(
      { owner: named.ownerId, label: named.ownerLabel, actionee: named.actioneeId },
      { owner: here.person.membershipId, label: null, actionee: here.person.membershipId }
    )
    assert.deepEqual([unknown.ownerId, unknown.ownerLabel], [null, 'Somebody Else'])
  })

  test('finds the external people that actions and dependencies name', async ({
    assert,
    client,
  }) => {
    const add = (name: string, email: string | null) =>
      here.world.inside(() => ExternalResource.add({ name, email }, { name: 'Ada' }))
    const surveyor = await add('Sue Surveyor', 'sue@example.test')
    const namesake = await add(here.person.name, null)
    const path = await run(client, [
      'Risk,Owner,Actionee',
      'One risk of ours,Sue Surveyor,"SURVEYOR, sue"',
      `Another risk,,${here.person.name}`,
      'A third risk,,SUE@example.test',
    ])
    const items = await itemsOf(path)
    assert.deepEqual(
      items.map((item) => [item.actioneeId, item.actioneeExternalId, item.actioneeLabel]),
      [
        [null, surveyor.id, null],
        [here.person.membershipId, null, null],
        [null, surveyor.id, null],
      ]
    )
    assert.deepEqual([items[0].ownerId, items[0].ownerLabel], [null, 'Sue Surveyor'])
    const others = await run(client, [
      'Dependency,Direction,Counterpart,Counterpart type',
      'Berth is free,Inbound,Sue Surveyor,',
      'Quay is free,Inbound,Sue Surveyor,Organisation',
      `Dock is free,Inbound,${namesake.name},`,
    ])
    const dependencies = await itemsOf(others)
    assert.deepEqual(
      dependencies.map((item) => [item.counterpartExternalId, item.counterpartName]),
      [
        [surveyor.id, null],
        [null, 'Sue Surveyor'],
        [namesake.id, null],
      ]
    )
  })

  test('keeps a name as text where two members share it', async ({ assert, client }) => {
    const twin = { ...(await here.world.person('team')) }
    await sql(admin(), 'update users set name = ? where id = ?', [here.person.name, twin.userId])
    const { name } = here.person
    await here.world.inside(() => ExternalResource.create({ name, lockVersion: 1 }))
    const path = await run(client, ['Risk,Owner,Actionee', `One risk of ours,${name},${name}`])
    const [item] = await itemsOf(path)
    assert.deepEqual([item.ownerId, item.ownerLabel], [null, name])
    assert.deepEqual(
      [item.actioneeExternalId, item.actioneeLabel],
      [null, name],
      'nor means others'
    )
  })

  test('leaves acceptance above appetite to the sponsor', async ({ assert, client }) => {
    const path = await here.upload(
      client,
      ['Risk,Likelihood,Impact,Response', 'A severe risk,5,5,Accept', 'A low risk,1,2,Accept'].join(
        '\n'
      )
    )
    const page = await client.get(`${path}/edit`).as(here.person)
    page.assertTextIncludes('only the sponsor can accept a risk')
    await here.execute(client, path)
    const [severe, low] = await itemsOf(path)
    assert.isNull(severe.response)
    assert.include(severe.description, 'Response in the file: Accept')
    assert.equal(low.response, 'accept')
  })

  test('accepts settled entries only with a closing date', async ({ assert, client }) => {
    const path = await run(client, [
      'Risk,Status,Closed on',
      'One that closed,Closed,2026-02-03',
      'One without a date,Closed,',
      'One that is open,Open,2026-02-04',
    ])
    const [dated, undated, open] = await itemsOf(path)
    assert.deepEqual([dated.status, dated.closedOn], ['closed', '2026-02-03'])
    assert.equal(undated.closedOn, today())
    assert.deepEqual([open.status, open.closedOn], ['open', null])
    assert.include(open.description, 'Closed on: 2026-02-04')
  })

  test('keeps half a score in the description', async ({ assert, client }) => {
    const path = await run(client, ['Risk,Likelihood,Impact', 'Half a score only,4,', 'Whole,4,5'])
    const [half, whole] = await itemsOf(path)
    assert.isNull(half.currentLikelihood)
    assert.include(half.description, 'Current likelihood: 4 of 5')
    assert.equal(whole.currentScore, 20)
  })

  test('survives any content of a cell', async ({ assert, client }) => {
    const nasty = [
      '\u0000null',
      '\ud800half',
      `${'x'.repeat(30_000)}`,
      "'; drop table x; --",
      '=1+1',
    ]
    const rows = nasty.map(
      (text, index) => `Risk ${index} ${text.slice(0, 90)},"${text}",9999-99-99`
    )
    const path = await run(client, ['Risk,Description,Due', ...rows])
    const items = await itemsOf(path)
    assert.lengthOf(items, nasty.length)
    for (const item of items) {
      const page = await client
        .get(`/projects/${here.project.id}/raid/${item.id}/edit`)
        .as(here.person)
      page.assertStatus(200)
    }
  })

  test('happens once, however often it is asked for', async ({ assert, client }) => {
    const path = await here.upload(client)
    const answers = await Promise.all(Array.from({ length: 4 }, () => here.execute(client, path)))
    for (const answer of answers) answer.assertStatus(303)
    assert.lengthOf(await itemsOf(path), 2)
    assert.lengthOf(await eventsOf(here.world, 'import.completed'), 1)
    assert.lengthOf(await eventsOf(here.world, 'raid_item.created'), 2)
  })

  test('leaves nothing behind when it fails', async ({ assert, client }) => {
    const path = await here.upload(client)
    await rollingBack(() => here.execute(client, path) as any)
    assert.lengthOf(await itemsOf(path), 0)
    assert.lengthOf(await eventsOf(here.world, 'raid_item.%'), 0)
    assert.equal(await statusOf(path), 'draft')

    await here.execute(client, path)
    const items = await itemsOf(path)
    assert.deepEqual(
      items.map(({ number }) => number),
      [1, 2]
    )
  })

  test('drops the file once it is imported', async ({ assert, client }) => {
    const path = await run(client, ['Risk,Status', 'The crane arrives late,Open'])
    const [row] = await sql(admin(), 'select file from imports where id = ?', [idOf(path)])
    assert.isNull(row.file)
  })

  test('lists what was skipped, and the entries of this import alone', async ({
    client,
    assert,
  }) => {
    await run(client, ['Risk,Status', 'From an earlier file,Open'])
    const path = await run(client, ['Risk,Status', 'The crane arrives late,Open', 'Total,1'])
    const page = await client.get(path).as(here.person)
    page.assertTextIncludes('1 entry added')
    page.assertTextIncludes('total')
    const url = `/projects/${here.project.id}/raid?type=risk&import=${idOf(path)}`
    const list = await client.get(url).as(here.person)
    list.assertTextIncludes('The crane arrives late')
    assert.notInclude(list.text(), 'From an earlier file')
  })

  test('lists skipped rows that held what the database refuses', async ({ assert, client }) => {
    const rows = [
      ['Risk', 'Status'],
      ['The crane arrives late', 'Open'],
      ['Total_x0000_ of it', '1'],
      ['Total_xD83D_ again', '1'],
    ]
    const path = await here.upload(client, writeXlsx([{ name: 'Risks', rows }]), 'risks.xlsx')
    const done = await here.execute(client, path)
    done.assertHeader('location', path)
    const page = await client.get(path).as(here.person)
    assert.include(page.text(), 'Total of it')
  })

  test('takes 5,000 rows at once', async ({ assert, client }) => {
    const rows = Array.from({ length: 5000 }, (_, index) => {
      const [likelihood, impact] = [(index % 5) + 1, ((index >> 1) % 5) + 1]
      return `${index + 1},Risk number ${index + 1},What may happen,Open,Ann,${likelihood},${impact}`
    })
    const log = `ID,Risk,Description,Status,Owner,Likelihood,Impact\n${rows.join('\n')}`
    const path = await here.upload(client, log)
    await here.execute(client, path)
    await here.work(path)
    const items = await itemsOf(path)
    assert.lengthOf(items, 5000)
    assert.equal(items[4999].number, 5000)
    assert.lengthOf(await eventsOf(here.world, 'raid_item.created'), 5000)
  })

  async function run(client: any, lines: string[]) {
    const path = await here.upload(client, lines.join('\n'))
    const done = await here.execute(client, path)
    done.assertHeader('location', path)
    return path
  }

  function itemsOf(path: string) {
    const query = () => RaidItem.query().where('import_id', idOf(path)).orderBy('id')
    return here.world.inside(async () => await query())
  }

  async function statusOf(path: string) {
    const found = await here.world.inside(() => Import.findIn(here.project, idOf(path)))
    return found.status
  }
})

function idOf(path: string) {
  return path.split('/').at(-1)!
}

async function toldOf(id: string) {
  const [{ facts, paths }] = await sql(
    admin(),
    `select facts, array(select path from audit.event_values v where v.event_id = e.id order by path) as paths
       from audit.events e where entity_id = ?`,
    [id]
  )
  return { facts, paths }
}
