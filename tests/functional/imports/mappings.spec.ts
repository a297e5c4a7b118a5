import { test } from '@japa/runner'
import { planImport } from '#imports/index'
import Import from '#models/import'
import { controls } from '#models/import/controls'
import ImportMapping from '#models/import_mapping'
import { fitWords } from '#pages/imports/mapping_pages'
import { unescaped } from '#tests/support/html'
import { eventsOf, Importing, keepMapping, upload } from '#tests/support/imports'
import { World } from '#tests/support/world'

const LOG = 'ID,Risk,Notes,Team\nR1,The crane arrives late,Ask the yard,North'
const TABLE = { [controls.table(0)]: 'risks!1', [controls.use(0)]: '1', [controls.type(0)]: 'risk' }

test.group('Import mappings', (group) => {
  let here: Importing

  group.each.setup(async () => {
    here = await Importing.begin()
  })

  test('a corrected mapping is kept, offered, and used whatever the order', async ({
    assert,
    client,
  }) => {
    const first = await here.upload(client, LOG)
    const chosen = { ...TABLE, [controls.column(0, 'D', 'field')]: 'cause' }
    await client.put(first).as(here.person).form(chosen)
    const form = await client.get(`${first}/mappings/create?table=risks!1`).as(here.person)
    form.assertTextIncludes('How risks is read')
    const kept = await client
      .post(`${first}/mappings`)
      .as(here.person)
      .form({ name: 'Log of the yard', table: 'risks!1' })
    kept.assertHeader('location', `${first}/edit`)

    const other = await here.world.person('pmo')
    const reordered = 'Team,Notes,Risk,ID\nSouth,None,Fog,R9'
    const second = await upload({ client, person: other, project: here.project }, reordered)
    const page = unescaped((await client.get(`${second}/edit`).as(other)).text())
    assert.include(page, `: “Log of the yard” was saved by ${here.person.name}`)
    const mapping = await here.world.inside(() => ImportMapping.firstOrFail())
    await client
      .post(`${second}/applications`)
      .as(other)
      .form({ mapping: mapping.id, table: 'risks!1' })
    const { choices } = await draftOf(second)
    assert.equal(choices.tables!['risks!1'].columns!.A.field, 'cause')
    const [event] = await eventsOf(here.world, 'import_mapping.created')
    assert.equal(event.entity_id, mapping.id)
  })

  test('a file whose headings differ says which', async ({ assert, client }) => {
    const mapping = await keepMapping(here.world, here.person, LOG)
    const path = await here.upload(client, 'ID,Risk,Cost\nR1,Crane,12')
    const page = await here.preview(client, path)
    assert.include(page, 'Use a saved mapping for risks')
    await client
      .post(`${path}/applications`)
      .as(here.person)
      .form({ mapping: mapping.id, table: 'risks!1' })
    const { choices } = await draftOf(path)
    assert.sameMembers(Object.keys(choices.tables!['risks!1'].columns!), ['A', 'B'])
    const plan = planImport(Buffer.from('ID,Risk,Cost\nR1,Crane,12'), 'risks.csv')
    const { missing, unknown } = mapping.readingFor(plan.tables[0])
    const told = fitWords(mapping.name, missing, unknown)
    assert.include(told, 'Not in this file: “Notes”, “Team”.')
    assert.include(told, 'Not in the mapping, so we guessed: “Cost”.')
  })

  test('whoever kept it or the PMO renames and deletes it, others do not', async ({
    assert,
    client,
  }) => {
    const pmo = await here.world.person('pmo')
    const mapping = await keepMapping(here.world, pmo, LOG)
    const base = `/projects/${here.project.id}/import-mappings`
    const rename = { name: 'Renamed', lock_version: 1 }
    for (const response of [
      await client.put(`${base}/${mapping.id}`).as(here.person).form(rename),
      await client.delete(`${base}/${mapping.id}`).as(here.person),
      await client.get(`${base}/${mapping.id}/edit`).as(here.person),
      await client.get(base).as(await here.world.person('viewer')),
    ]) {
      response.assertStatus(403)
    }
    const list = unescaped((await client.get(base).as(here.person)).text())
    assert.include(list, mapping.name)
    assert.notInclude(list, `delete-${mapping.id}`)
    await client.put(`${base}/${mapping.id}`).as(pmo).form(rename)
    assert.equal((await here.world.inside(() => ImportMapping.firstOrFail())).name, 'Renamed')
    await client.delete(`${base}/${mapping.id}`).as(pmo)
    assert.isNull(await here.world.inside(() => ImportMapping.first()))
    const empty = await client.get(base).as(here.person)
    empty.assertTextIncludes('No mappings yet')
  })

  test('another organisation’s is not found, a name is given once', async ({ assert, client }) => {
    const other = await World.create()
    const theirs = await keepMapping(other, await other.person('manager'), LOG)
    const path = await here.upload(client, LOG)
    const used = await client
      .post(`${path}/applications`)
      .as(here.person)
      .form({ mapping: theirs.id, table: 'risks!1' })
    used.assertStatus(404)
    const gone = await client
      .delete(`/projects/${here.project.id}/import-mappings/${theirs.id}`)
      .as(here.person)
    gone.assertStatus(404)
    const stranger = await client
      .post(`${path}/mappings`)
      .as(await here.world.person('stranger'))
      .form({ name: 'Mine', table: 'risks!1' })
    stranger.assertStatus(404)
    for (let time = 1; time <= 2; time++) {
      await client.post(`${path}/mappings`).as(here.person).form({ name: 'Log', table: 'risks!1' })
    }
    await client.post(`${path}/mappings`).as(here.person).form({ name: '', table: 'risks!1' })
    const kept = await here.world.inside(() => ImportMapping.listed().exec())
    assert.deepEqual(
      kept.map(({ name }) => name),
      ['Log']
    )
  })

  function draftOf(path: string) {
    return here.world.inside(() => Import.findIn(here.project, path.split('/').at(-1)!))
  }
})
