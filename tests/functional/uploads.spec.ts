import { createHash, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { working } from '#tests/support/exercises/privacy'
import { eventually } from '#tests/support/eventually'
import { SMALL_LOG } from '#tests/support/imports'
import { temporaryFolder } from '#tests/support/temporary_folder'
import { registerStaff, World } from '#tests/support/world'

const LOG = Buffer.from(SMALL_LOG)
const NAMED = { filename: 'risks.csv' }

test.group('The copy of an upload in the temporary folder', () => {
  test('is deleted once the form is answered', async (ctx) => {
    const folder = await temporaryFolder(ctx)
    const world = await World.create()
    const project = await world.project()
    const taken = await ctx.client
      .post(`/projects/${project.id}/imports`)
      .as(await world.person('manager'))
      .file('file', LOG, NAMED)
    taken.assertStatus(303)
    ctx.assert.deepEqual(await readdir(folder), [])
  })

  test('is deleted when the form is refused, whatever its name', async (ctx) => {
    const folder = await temporaryFolder(ctx)
    const world = await World.create()
    const project = await world.project()
    const [manager, viewer] = [await world.person('manager'), await world.person('viewer')]
    const post = (path: string) => ctx.client.post(path).file('file', LOG, NAMED)

    const forged = await post('/session')
    forged.assertStatus(403)
    const unsigned = await post('/unsubscribe/nothing')
    unsigned.assertStatus(404)
    const unknown = await post(`/projects/${randomUUID()}/imports`).as(manager)
    unknown.assertStatus(404)
    const forbidden = await post(`/projects/${project.id}/imports`).as(viewer)
    forbidden.assertStatus(403)
    const misplaced = await ctx.client
      .post(`/projects/${project.id}/imports`)
      .as(manager)
      .file('other[deep][]', LOG, NAMED)
      .file('other[deep][]', LOG, NAMED)
    misplaced.assertStatus(303)
    ctx.assert.deepEqual(await readdir(folder), [])
  })

  const file = (name: string, content: string) =>
    `--part\r\ncontent-disposition: form-data; name="${name}"; filename="log.csv"\r\n\r\n${content}\r\n`
  const field = (name: string) =>
    `--part\r\ncontent-disposition: form-data; name="${name}"\r\n\r\nx\r\n`
  const many = Array.from({ length: 1500 }, (_, place) => `f${place}`)

  for (const [what, parts, status] of [
    ['more files than it may have', many.map((name) => file(name, SMALL_LOG)), 413],
    ['more fields than it may have', [file('log', SMALL_LOG), ...many.map(field)], 413],
    ['a file beyond the largest', [file('a', SMALL_LOG), file('b', 'x'.repeat(34e6))], 413],
    ['no end', [file('a', SMALL_LOG), file('b', SMALL_LOG)], 400],
  ] as const) {
    test(`is deleted when a public form has ${what}`, async (ctx) => {
      const folder = await temporaryFolder(ctx)
      const end = status === 400 ? '' : '--part--\r\n'
      const answer = await fetch(`http://${process.env.HOST}:${process.env.PORT}/session`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=part' },
        body: parts.join('') + end,
      })
      ctx.assert.equal(answer.status, status)
      ctx.assert.deepEqual(await readdir(folder), [])
    })
  }

  test('is deleted when the sender goes away in the middle', async (ctx) => {
    const folder = await temporaryFolder(ctx)
    const socket = connect(Number(process.env.PORT), process.env.HOST)
    const head = ['POST /session HTTP/1.1', 'host: localhost', 'content-length: 900000']
    const type = 'content-type: multipart/form-data; boundary=part'
    socket.write(
      [...head, type, '', file('a', SMALL_LOG) + file('b', 'x'.repeat(300_000))].join('\r\n')
    )
    await eventually(async () => (await readdir(folder)).length === 2)
    socket.destroy()
    await eventually(async () => (await readdir(folder)).length === 0)
  })

  test('is deleted when only its hash is kept', async (ctx) => {
    const folder = await temporaryFolder(ctx)
    const id = await working()
    const fulfilled = await ctx.client
      .post(`/admin/privacy/${id}/fulfilment`)
      .as(await registerStaff())
      .fields({ answer: 'It is done.', lock_version: 2 })
      .file('evidence', LOG, NAMED)
    fulfilled.assertStatus(303)
    const [row] = await sql(admin(), 'select evidence_sha256 from privacy_requests where id = ?', [
      id,
    ])
    ctx.assert.equal(row.evidence_sha256, createHash('sha256').update(LOG).digest('hex'))
    ctx.assert.deepEqual(await readdir(folder), [])
  })
})
