import { readdir } from 'node:fs/promises'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { deskFor } from '#tests/support/assistant'
import { paragraph, writeDocx, writePdf } from '#tests/support/documents'
import { temporaryFolder } from '#tests/support/temporary_folder'
import { World, type Person } from '#tests/support/world'

test.group('Assistant: documents', (group) => {
  const desk = deskFor(group)

  function bring(client: ApiClient, person: Person, filename: string, bytes: Buffer) {
    return client.post(`${desk.page}/notes/documents`).as(person).file('file', bytes, { filename })
  }

  test('come into the form as text; nothing is sent, and no file is kept', async (ctx) => {
    const { assert, client } = ctx
    const folder = await temporaryFolder(ctx)
    for (const [name, bytes] of [
      ['minutes.docx', writeDocx(paragraph('The crane &lt;late&gt; again'))],
      ['minutes.pdf', writePdf(['The crane <late> again'])],
    ] as const) {
      const read = await bring(client, desk.team, name, bytes)
      read.assertStatus(200)
      assert.equal(read.header('cache-control'), 'no-store')
      assert.include(
        read.text(),
        `The text of ${name} is in the field below. Nothing has been sent yet.`
      )
      assert.include(read.text(), '>The crane &lt;late&gt; again</textarea>')
    }
    assert.lengthOf(desk.claude.journal, 0)
    const asked = await sql(admin(), 'select 1 from ai_interactions where organisation_id = ?', [
      desk.world.organisationId,
    ])
    assert.lengthOf(asked, 0)
    assert.deepEqual(await readdir(folder), [])
  })

  test('that are too long say that only their beginning is there', async ({ assert, client }) => {
    const read = await bring(client, desk.team, 'a.txt', Buffer.from('word '.repeat(20_000)))
    assert.include(read.text(), 'a.txt was too long, so only its beginning is in the field below')
  })

  test('that cannot be read say why beside the field', async ({ assert, client }) => {
    for (const [name, bytes, told] of [
      ['a.exe', Buffer.from('MZ'), 'Choose a text'],
      ['a.docx', Buffer.from('no'), 'damaged'],
      ['a.txt', Buffer.alloc(5 * 1024 * 1024 + 1, 97), '5 MB'],
    ] as const) {
      const refused = await bring(client, desk.team, name, bytes).accept('json')
      refused.assertStatus(422)
      assert.equal(refused.body().errors[0].field, 'file')
      assert.include(refused.body().errors[0].message, told)
    }
    const none = await client.post(`${desk.page}/notes/documents`).as(desk.team).accept('json')
    assert.include(none.body().errors[0].message, 'Choose a file')
  })

  test('are refused to those who may not add entries', async ({ client }) => {
    const elsewhere = await (await World.create()).person('owner')
    for (const [person, status] of [
      [await desk.world.person('viewer'), 403],
      [await desk.world.person('stranger'), 404],
      [elsewhere, 404],
    ] as const) {
      const response = await bring(client, person, 'a.txt', Buffer.from('x'))
      response.assertStatus(status)
    }
  })
})
