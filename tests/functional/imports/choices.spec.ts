import { test } from '@japa/runner'
import Import from '#models/import'
import { controls } from '#models/import/controls'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { SMALL_LOG, upload } from '#tests/support/imports'
import { World, type Person } from '#tests/support/world'

const TABLE = { [controls.table(0)]: 'risks!1', [controls.use(0)]: '1', [controls.type(0)]: 'risk' }

test.group('Choosing how a file is read', (group) => {
  let world: World
  let project: Project
  let person: Person

  group.setup(async () => {
    world = await World.create()
    person = await world.person('manager')
  })

  group.each.setup(async () => {
    project = await world.project()
  })

  test('a choice is kept and shows in the preview', async ({ assert, client }) => {
    const path = await upload({ client, person, project })
    const parked = { [controls.value(0, 'C', 'Parked')]: 'monitoring' }
    await client
      .put(path)
      .as(person)
      .form({ ...TABLE, ...parked })
    assert.deepEqual(await choicesOf(path), {
      tables: { 'risks!1': { columns: { C: { values: { Parked: 'monitoring' } } } } },
    })
    const page = await client.get(`${path}/edit`).as(person)
    page.assertTextIncludes('Monitoring')

    const field = { [controls.column(0, 'D', 'field')]: 'ignore' }
    await client
      .put(path)
      .as(person)
      .form({ ...TABLE, ...field })
    const columns = (await choicesOf(path)).tables['risks!1'].columns
    assert.deepEqual(columns, {
      C: { values: { Parked: 'monitoring' } },
      D: { field: 'ignore' },
    })
  })

  test('another type is guessed afresh; a table can be left out', async ({ assert, client }) => {
    const path = await upload({ client, person, project })
    await client
      .put(path)
      .as(person)
      .form({ ...TABLE, [controls.type(0)]: 'issue' })
    const page = await client.get(`${path}/edit`).as(person)
    page.assertTextIncludes('Issue:')

    await client
      .put(path)
      .as(person)
      .form({ [controls.table(0)]: 'risks!1', [controls.type(0)]: 'issue' })
    const empty = await client.get(`${path}/edit`).as(person)
    empty.assertTextIncludes('Nothing to add yet')
    const refused = await client.post(`${path}/execution`).as(person)
    assert.match(refused.header('location')!, /\/edit$/)
  })

  test('another row can hold the headings', async ({ assert, client }) => {
    const log = `My log,,\nRisk,Owner\nCrane,Ann\nRisk,Owner\nTide,Bob`
    const path = await upload({ client, person, project }, log)
    await client
      .put(path)
      .as(person)
      .form({ [controls.header(0)]: '4' })
    assert.deepEqual(await choicesOf(path), { headerRows: { risks: 4 } })
    const page = await client.get(`${path}/edit`).as(person)
    page.assertTextIncludes('Import 1 entry')
  })

  test('a hostile form changes nothing', async ({ assert, client }) => {
    const path = await upload({ client, person, project })
    const hostile = {
      ...TABLE,
      [controls.type(0)]: '__proto__',
      [controls.header(0)]: '1e9',
      [controls.column(0, 'B', 'field')]: 'organisationId',
      [controls.column(0, 'E', 'scale')]: ['1-5', '1-10'],
      [controls.column(0, 'Z', 'field')]: 'title',
      [controls.value(0, 'C', 'Parked')]: '<script>',
      [controls.value(0, 'C', 'No such word')]: 'closed',
      't1': 'constructor',
      't0-__proto__-field': 'title',
      'tables[__proto__][polluted]': 'yes',
    }
    const response = await client.put(path).as(person).form(hostile)
    response.assertStatus(303)
    assert.deepEqual(await choicesOf(path), {})
    assert.isUndefined(({} as any).polluted)
  })

  test('a form about another reading of the file is not applied', async ({ assert, client }) => {
    const path = await upload({ client, person, project })
    const stale = { ...TABLE, [controls.table(0)]: 'risks!9', [controls.type(0)]: 'issue' }
    await client.put(path).as(person).form(stale)
    assert.deepEqual(await choicesOf(path), {})
  })

  test('what the preview has not shown is shown before it is imported', async (ctx) => {
    const { assert, client } = ctx
    const path = await upload({ client, person, project })
    const form = { ...TABLE, [controls.column(0, 'D', 'field')]: 'ignore' }
    const first = await client.post(`${path}/execution`).as(person).form(form)
    assert.match(first.header('location')!, /\/edit$/)
    assert.equal((await find(path)).status, 'draft')
    const second = await client.post(`${path}/execution`).as(person).form(form)
    second.assertHeader('location', path)
    assert.equal((await find(path)).status, 'imported')
  })

  test('htmx gets the preview alone', async ({ assert, client }) => {
    const path = await upload({ client, person, project })
    const page = await client.get(`${path}/edit`).as(person).forFragment('import-preview', 'div')
    assert.match(page.text().trim(), /^<div id="import-preview"/)
    page.assertTextIncludes('Import 2 entries')
    assert.notInclude(page.text(), '<html')
  })

  test('no JavaScript is evaluated from attributes', async ({ assert, client }) => {
    const path = await upload({ client, person, project })
    const page = await client.get(`${path}/edit`).as(person)
    assert.notMatch(page.text(), /hx-on|js:|hx-vals/)
  })

  test('a word of the file never breaks out of the page', async ({ assert, client }) => {
    const log = `Risk,Status,Owner\n"<img src=x onerror=a>","""><script>b</script>",'"<b>`
    const path = await upload({ client, person, project }, log)
    const page = await client.get(`${path}/edit`).as(person)
    assert.notInclude(page.text(), '<img src=x')
    assert.notInclude(page.text(), '<script>b')
  })

  test('the preview tells about the first 50 rows and offers the rest', async (ctx) => {
    const { assert, client } = ctx
    const rows = Array.from({ length: 60 }, (_, index) => `Risk number ${index + 1} of it,Open`)
    const path = await upload({ client, person, project }, `Risk,Status\n${rows.join('\n')}`)
    const page = await client.get(`${path}/edit`).as(person)
    page.assertTextIncludes('The first 50 of 60 entries')
    assert.notInclude(page.text(), 'Risk number 51 of it')
    const all = await client.get(`${path}/edit?all=1`).as(person)
    all.assertTextIncludes('Risk number 60 of it')
  })

  test('a draft can be discarded, an import cannot', async ({ assert, client }) => {
    const path = await upload({ client, person, project }, SMALL_LOG)
    const discarded = await client.delete(path).as(person)
    discarded.assertStatus(303)
    const gone = await client.get(path).as(person)
    gone.assertStatus(404)

    const kept = await upload({ client, person, project }, SMALL_LOG)
    await client.post(`${kept}/execution`).as(person)
    await client.delete(kept).as(person)
    const { id } = await find(kept)
    const items = await world.inside(async () => await RaidItem.query().where('import_id', id))
    assert.lengthOf(items, 2)
  })

  function find(path: string) {
    return world.inside(() => Import.findIn(project, path.split('/').at(-1)!))
  }

  async function choicesOf(path: string): Promise<any> {
    return (await find(path)).choices
  }
})
