import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import drive from '@adonisjs/drive/services/main'
import { discardStored, keyOf, storeBytes } from '#models/stored_file/files'
import type Task from '#models/task'
import TaskAttachment, { MOST_ATTACHMENTS } from '#models/task_attachment'
import { sql } from '#tenancy/sql'
import { admin, checksums } from '#tests/support/admin'
import { Tasks } from '#tests/support/tasks'
import { unfitFiles } from '#tests/support/unfit_files'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe drawings\n%%EOF\n')

test.group('Files of a task', (group) => {
  let tasks: Tasks
  let task: Task
  let files: string
  group.each.setup(async () => {
    tasks = await Tasks.create()
    task = await tasks.add({ title: 'Survey the quay' })
    files = `${tasks.pageOf(task)}/attachments`
  })

  const standing = () => tasks.world.inside(() => TaskAttachment.of(task).exec())
  const attach = (client: ApiClient, bytes: Buffer, filename: string, person: Person) =>
    client.post(files).file('file', bytes, { filename }).as(person)
  const remove = (client: ApiClient, id: string, person: Person) =>
    client.post(`${files}/${id}?_method=DELETE`).as(person)
  const added = (by: Person = tasks.people.manager, name = 'drawings.pdf') =>
    tasks.world.inside(() => TaskAttachment.add(task, name, PDF), by)

  test('are kept with their hash, come back byte for byte, and never open as a page', async ({
    assert,
    client,
  }) => {
    const { manager, viewer } = tasks.people
    const sent = await attach(client, PDF, 'C:\\secret\\drawings of "May".pdf', manager)
    sent.assertStatus(303)
    sent.assertHeader('location', `${tasks.pageOf(task)}#files`)
    const [file] = await standing()
    assert.deepInclude(file.$attributes, {
      name: 'drawings of May.pdf',
      size: PDF.length,
      mediaType: 'application/pdf',
      addedBy: manager.membershipId,
      addedByExternalId: null,
      sha256: createHash('sha256').update(PDF).digest('hex'),
    })
    for (const place of ['waiting', 'stored']) {
      if (place === 'stored') await storeBytes('attachment', tasks.world.organisationId, file.id)
      const answer = await client.get(`${files}/${file.id}/file`).as(viewer)
      answer.assertStatus(200)
      assert.isTrue(PDF.equals(answer.body()), place)
      answer.assertHeader('content-type', 'application/pdf')
      assert.match(answer.header('content-disposition')!, /^attachment; filename="drawings of May/)
      assert.match(answer.header('content-security-policy')!, /^sandbox; default-src 'none'/)
      answer.assertHeader('cache-control', 'no-store')
    }
    const [{ waiting }] = await sql(
      admin(),
      'select count(*)::integer as waiting from task_attachment_bytes where attachment_id = ?',
      [file.id]
    )
    assert.equal(waiting, 0)
  })

  test('stand on the page and in its history, and are gone for good once removed', async ({
    assert,
    client,
  }) => {
    const walk = await Walk.begin(client, tasks.people.manager)
    assert.include((await walk.open(tasks.pageOf(task))).text(), 'No files yet.')
    const file = await added()
    const key = keyOf('attachment', tasks.world.organisationId, file.id)
    await storeBytes('attachment', tasks.world.organisationId, file.id)
    assert.isTrue(await drive.use().exists(key))
    const shown = (await walk.open(tasks.pageOf(task))).text()
    for (const words of ['Files (1)', 'drawings.pdf', 'by manager person', file.sha256]) {
      assert.include(shown, words)
    }
    assert.match(shown, /attached a file to[\s\S]{0,80}this task: drawings\.pdf/)
    const after = await walk.submitAndFollow(`${files}/${file.id}`, {}, 'DELETE')
    assert.include(after.text(), 'drawings.pdf was removed.')
    assert.match(after.text(), /removed a file from[\s\S]{0,80}this task: drawings\.pdf/)
    assert.isEmpty(await standing())
    const [job] = await sql(
      admin(),
      `select payload from graphile_worker._private_jobs jobs
         join graphile_worker._private_tasks kinds on kinds.id = jobs.task_id
        where kinds.identifier = 'discard_attachment' and payload->>'attachmentId' = ?`,
      [file.id]
    )
    assert.equal(job.payload.organisationId, tasks.world.organisationId)
    await discardStored('attachment', tasks.world.organisationId, file.id)
    assert.isFalse(await drive.use().exists(key))
    ;(await client.get(`${files}/${file.id}/file`).as(tasks.people.manager)).assertStatus(404)
  })

  test('leave nothing in the store if they are removed before they reached it', async ({
    assert,
    client,
  }) => {
    const file = await added()
    await remove(client, file.id, tasks.people.manager)
    await storeBytes('attachment', tasks.world.organisationId, file.id)
    const key = keyOf('attachment', tasks.world.organisationId, file.id)
    assert.isFalse(await drive.use().exists(key))
  })

  for (const [name, bytes, filename, says] of unfitFiles) {
    test(`refuse ${name} beside the field, and nothing is kept`, async ({ assert, client }) => {
      const { manager } = tasks.people
      const response = await attach(client, bytes, filename, manager).accept('json')
      response.assertStatus(422)
      assert.match(response.body().errors[0].message, new RegExp(says))
      assert.equal(response.body().errors[0].field, 'file')
      assert.isEmpty(await standing())
    })
  }

  test('are refused beyond what the organisation may keep, evidence and all', async ({
    assert,
    client,
  }) => {
    const { manager } = tasks.people
    await sql(admin(), 'update organisations set max_storage_mb = 1 where id = ?', [
      tasks.world.organisationId,
    ])
    const half = Buffer.alloc(600 * 1024, 'a')
    ;(await attach(client, half, 'one.txt', manager)).assertStatus(303)
    const beyond = await attach(client, half, 'two.txt', manager).accept('json')
    beyond.assertStatus(422)
    assert.include(beyond.body().errors[0].message, 'over its limit of 1 MB of files')
    assert.lengthOf(await standing(), 1)
    const [page] = await sql(
      admin(),
      'select coalesce(sum(size), 0)::int as size from task_attachments where organisation_id = ?',
      [tasks.world.organisationId]
    )
    assert.equal(page.size, half.length)
  })

  test('are limited in number', async ({ assert, client }) => {
    await tasks.world.inside(async () => {
      for (let count = 0; count < MOST_ATTACHMENTS; count++) {
        await TaskAttachment.add(task, `${count}.txt`, Buffer.from('a'))
      }
    })
    const { manager } = tasks.people
    const beyond = await attach(client, PDF, 'more.pdf', manager).accept('json')
    beyond.assertStatus(422)
    assert.include(beyond.body().errors[0].message, 'up to 50 files')
  })

  test('are added by those who may comment, and removed by their giver or who may edit', async ({
    assert,
    client,
  }) => {
    const { manager, sponsor, team, viewer, pmo } = tasks.people
    ;(await attach(client, PDF, 'a.pdf', viewer)).assertStatus(403)
    assert.isEmpty(await standing())
    ;(await attach(client, PDF, 'a.pdf', sponsor)).assertStatus(303)
    ;(await attach(client, PDF, 'b.pdf', manager)).assertStatus(303)
    const [theirs, managers] = await standing()
    ;(await remove(client, theirs.id, viewer)).assertStatus(403)
    ;(await remove(client, theirs.id, team)).assertStatus(403)
    ;(await remove(client, managers.id, sponsor)).assertStatus(403)
    assert.lengthOf(await standing(), 2)
    ;(await remove(client, theirs.id, sponsor)).assertStatus(303)
    ;(await remove(client, managers.id, pmo)).assertStatus(303)
    assert.isEmpty(await standing())
    const { id } = await added(viewer)
    ;(await remove(client, id, viewer)).assertStatus(403)
  })

  test('do not exist for a stranger, another organisation, or under another task', async ({
    assert,
    client,
  }) => {
    const file = await added()
    const other = await tasks.add({ title: 'Paint it' })
    const elsewhere = `${tasks.pageOf(other)}/attachments/${file.id}`
    const outsider = await (await World.create('Elsewhere')).person('owner')
    const before = await checksums(tasks.world.organisationId)
    for (const person of [tasks.people.stranger, outsider]) {
      ;(await attach(client, PDF, 'a.pdf', person)).assertStatus(404)
      ;(await client.get(`${files}/${file.id}/file`).as(person)).assertStatus(404)
      ;(await remove(client, file.id, person)).assertStatus(404)
    }
    const { manager } = tasks.people
    ;(await client.get(`${elsewhere}/file`).as(manager)).assertStatus(404)
    ;(await client.post(`${elsewhere}?_method=DELETE`).as(manager)).assertStatus(404)
    ;(await client.get(`${files}/nonsense/file`).as(manager)).assertStatus(404)
    assert.deepEqual(await checksums(tasks.world.organisationId), before)
  })

  test('of what answers a confidential entry are seen by its readers alone', async ({
    assert,
    client,
  }) => {
    const secret = await tasks.raise('risk', { sensitivity: 'named_people' })
    const guarded = await tasks.add({ title: 'Draft it', raidItemId: secret.id })
    const file = await tasks.world.inside(
      () => TaskAttachment.add(guarded, 'letters.pdf', PDF),
      tasks.people.manager
    )
    const path = `${tasks.pageOf(guarded)}/attachments/${file.id}/file`
    ;(await client.get(path).as(tasks.people.viewer)).assertStatus(404)
    const trail = await client.get(`/projects/${tasks.project.id}/audit`).as(tasks.people.pmo)
    assert.notInclude(trail.text(), 'letters.pdf')
    ;(await client.get(path).as(tasks.people.manager)).assertStatus(200)
  })

  test('are listed by the API', async ({ assert, client }) => {
    const file = await added()
    const { manager } = tasks.people
    const base = `/api/v1/projects/${tasks.project.id}/tasks`
    const one = await client.get(`${base}/${task.id}`).withTokenOf(manager)
    const list = await client.get(base).withTokenOf(manager)
    for (const told of [one.body(), list.body().data[0]]) {
      assert.containsSubset(told.attachments, [
        {
          id: file.id,
          name: 'drawings.pdf',
          size: PDF.length,
          media_type: 'application/pdf',
          sha256: file.sha256,
          added_by: manager.membershipId,
        },
      ])
    }
  })
})
