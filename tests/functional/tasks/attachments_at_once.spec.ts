import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import type Task from '#models/task'
import TaskAttachment, { MOST_ATTACHMENTS } from '#models/task_attachment'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Tasks } from '#tests/support/tasks'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe drawings\n%%EOF\n')

test.group('Files of a task, by several at once', (group) => {
  let tasks: Tasks
  let task: Task
  group.each.setup(async () => {
    tasks = await Tasks.create()
    task = await tasks.add({ title: 'Survey the quay' })
  })

  const standing = () => tasks.world.inside(() => TaskAttachment.of(task).exec())
  const attach = (client: ApiClient, bytes: Buffer, filename: string) =>
    client
      .post(`${tasks.pageOf(task)}/attachments`)
      .file('file', bytes, { filename })
      .as(tasks.people.manager)
      .accept('json')
  const statuses = async (sent: PromiseLike<{ status(): number }>[]) =>
    (await Promise.all(sent)).map((one) => one.status()).sort()

  test('share the last place of a task no more than once', async ({ assert, client }) => {
    await tasks.world.inside(async () => {
      for (let count = 1; count < MOST_ATTACHMENTS; count++) {
        await TaskAttachment.add(task, `${count}.txt`, Buffer.from('a'))
      }
    })
    const four = ['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf'].map((name) => attach(client, PDF, name))
    assert.deepEqual(await statuses(four), [303, 422, 422, 422])
    assert.lengthOf(await standing(), MOST_ATTACHMENTS)
  })

  test('share the last room of the organisation no more than once', async ({ assert, client }) => {
    await sql(admin(), 'update organisations set max_storage_mb = 1 where id = ?', [
      tasks.world.organisationId,
    ])
    const half = Buffer.alloc(600 * 1024, 'a')
    const three = ['a.txt', 'b.txt', 'c.txt'].map((name) => attach(client, half, name))
    assert.deepEqual(await statuses(three), [303, 422, 422])
    assert.lengthOf(await standing(), 1)
  })

  test('are removed once', async ({ assert, client }) => {
    await attach(client, PDF, 'a.pdf')
    const [{ id }] = await standing()
    const remove = () =>
      client
        .post(`${tasks.pageOf(task)}/attachments/${id}?_method=DELETE`)
        .as(tasks.people.manager)
        .accept('json')
    assert.deepEqual(await statuses([remove(), remove(), remove()]), [303, 404, 404])
    const told = await sql(
      admin(),
      `select from audit.events where organisation_id = ? and action = 'task_attachment.deleted'`,
      [tasks.world.organisationId]
    )
    assert.lengthOf(told, 1)
  })
})

test.group('Names of files', () => {
  const names: [string, string, string | null][] = [
    ['a pair of halves cut in two', `${'😀'.repeat(100)}.md`, null],
    ['an order from right to left', 'invoice\u202Efdp.md', 'invoicefdp.md'],
    ['a path', '../../etc/passwd/a.md', 'a.md'],
    ['a path of Windows', 'C:\\temp\\a.md', 'a.md'],
    ['a header of its own', 'a%0D%0Aset-cookie: x=y;.md', null],
    ['far too much', `${'x'.repeat(300)}.md`, `${'x'.repeat(117)}.md`],
    ['markup', '<img src=x onerror=alert(1)>.md', null],
  ]
  for (const [what, filename, kept] of names) {
    test(`that hold ${what} are taken as a plain one, and served`, async ({ assert, client }) => {
      const tasks = await Tasks.create()
      const task = await tasks.add()
      const { manager } = tasks.people
      const path = `${tasks.pageOf(task)}/attachments`
      const request = client.post(path).as(manager)
      const type = `multipart/form-data; boundary=edge`
      const sent = await request.header('content-type', type).setup(() => {
        request.request.send(formOf(filename))
      })
      sent.assertStatus(303)
      const [file] = await tasks.world.inside(() => TaskAttachment.of(task).exec())
      if (kept) assert.equal(file.name, kept)
      const page = await client.get(tasks.pageOf(task)).as(manager)
      page.assertStatus(200)
      assert.notInclude(page.text(), '<img src=x')
      const got = await client.get(`${path}/${file.id}/file`).as(manager)
      got.assertStatus(200)
      got.assertHeader('content-type', 'text/plain')
      assert.match(
        got.header('content-disposition')!,
        /^attachment; filename="[\w .()-]+"; filename\*=UTF-8''\S+$/
      )
      assert.isUndefined(got.header('set-cookie'))
    })
  }
})

/** A form as no browser writes it. */
function formOf(filename: string) {
  const named = `name="file"; filename="${filename.replaceAll('\\', '\\\\')}"`
  return [
    '--edge',
    `content-disposition: form-data; ${named}`,
    'content-type: text/html',
    '',
    'hello',
    '--edge--',
    '',
  ].join('\r\n')
}
