import { readdir } from 'node:fs/promises'
import { test } from '@japa/runner'
import Import from '#models/import'
import { eventsOf, upload } from '#tests/support/imports'
import { temporaryFolder } from '#tests/support/temporary_folder'
import { World, type Person } from '#tests/support/world'
import { writeZip } from '#tests/support/xlsx_writer'

const MEGABYTE = 1024 * 1024

test.group('Uploading a file', (group) => {
  let world: World
  let person: Person
  let url: string
  let project: { id: string }

  group.setup(async () => {
    world = await World.create()
    project = await world.project()
    person = await world.person('manager')
    url = `/projects/${project.id}/imports`
  })

  test('refuses {name} beside the file field and keeps nothing')
    .with([
      { name: 'a picture', bytes: Buffer.from('89504e470d0a1a0a0000', 'hex'), says: 'picture' },
      { name: 'a PDF', bytes: Buffer.from('%PDF-1.7 …'), says: 'PDF' },
      { name: 'an old workbook', bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex'), says: '.xls' },
      { name: 'an archive', bytes: writeZip({ 'notes.txt': 'hello' }), says: 'archive' },
      { name: 'a web page', bytes: Buffer.from('<!DOCTYPE html><table>'), says: 'web page' },
      { name: 'an empty file', bytes: Buffer.from(''), says: 'empty' },
      { name: 'over 5 MB', bytes: Buffer.alloc(5 * MEGABYTE + 1, 'a,b\n'), says: '5 MB' },
    ])
    .run(async ({ assert, client }, { bytes, says }) => {
      const response = await client
        .post(url)
        .as(person)
        .accept('json')
        .file('file', bytes, { filename: 'log.xlsx' })
      response.assertStatus(422)
      const [error] = response.body().errors
      assert.equal(error.field, 'file')
      assert.include(error.message, says)
      assert.lengthOf(await world.inside(async () => await Import.light()), 0)
      assert.deepEqual(await eventsOf(world, 'import.%'), [])
    })

  test('asks for a file where none was chosen', async ({ assert, client }) => {
    const response = await client.post(url).as(person).accept('json').form({})
    response.assertStatus(422)
    assert.include(response.body().errors[0].message, 'Choose a file')
  })

  test('refuses a body that is far too large', async ({ client }) => {
    const response = await client
      .post(url)
      .as(person)
      .file('file', Buffer.alloc(32 * MEGABYTE), { filename: 'log.xlsx' })
    response.assertStatus(413)
    response.assertTextIncludes('too large')
  })

  test('leaves no copy in the temporary folder and no path in the name', async (ctx) => {
    const { assert, client } = ctx
    const folder = await temporaryFolder(ctx)
    const path = await upload({ client, person, project }, undefined, 'C:\\secret\\my log.csv')
    assert.deepEqual(await readdir(folder), [])
    const page = await client.get(`${path}/edit`).as(person)
    page.assertTextIncludes('my log.csv')
    assert.notInclude(page.text(), 'secret')
    const [event] = await eventsOf(world, 'import.%')
    assert.deepEqual([event.action, event.facts], ['import.uploaded', { format: 'csv' }])
  })
})
