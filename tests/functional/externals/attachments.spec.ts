import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { DateTime } from 'luxon'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import TaskLink from '#models/task_link'
import { sql } from '#tenancy/sql'
import { admin, checksums } from '#tests/support/admin'
import { handIn, linkedTask } from '#tests/support/exercises/externals'
import { unfitFiles } from '#tests/support/unfit_files'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe survey\n%%EOF\n')

type Linked = Awaited<ReturnType<typeof linkedTask>>

function filesOf({ task, world }: Linked) {
  return world.inside(() => TaskAttachment.of(task).exec())
}

function takeBack(client: ApiClient, token: string, id: string) {
  return client.post(`/task/${token}/attachments/${id}?_method=DELETE`)
}

function revise({ task, world }: Linked, changes: Partial<Task>) {
  return world.inside(async () => {
    const present = await Task.findOrFail(task.id)
    await present.merge(changes as any).saveRevision()
  })
}

test.group('Handing in a file by the link of a task', () => {
  test('is in the person’s name, announced to the asker, and shown on both sides', async ({
    assert,
    client,
  }) => {
    const linked = await linkedTask()
    const { person, project, task, token, world } = linked
    const manager = await world.person('manager')
    const page = `/projects/${project.id}/tasks/${task.id}`
    await world.inside(() => TaskAttachment.add(task, 'between-us.pdf', PDF), manager)
    const before = await client.get(`/task/${token}`)
    assert.include(before.text(), 'You have not added any files.')
    assert.include(before.text(), 'Everyone who can see the task can open it.')
    const response = await handIn(client, token, 'survey.pdf', PDF)
    response.assertStatus(303)
    response.assertHeader('location', `/task/${token}?told=file`)
    const shown = await client.get(response.header('location')!)
    for (const words of ['Your file was added.', 'survey.pdf', 'PDF, 1 kB']) {
      assert.include(shown.text(), words)
    }
    assert.notInclude(shown.text(), 'between-us.pdf')
    const inside = await client.get(page).as(manager)
    assert.include(inside.text(), 'by A surveyor (external)')
    assert.match(inside.text(), /A surveyor \(external\)[\s\S]{0,200}attached a file to/)
    const [, file] = await filesOf(linked)
    assert.deepInclude(file.$attributes, { addedBy: null, addedByExternalId: person.id })
    const sent = await client.get(`${page}/attachments/${file.id}/file`).as(manager)
    assert.isTrue(PDF.equals(sent.body()))
    const [event] = await sql(
      admin(),
      `select actor_kind, actor_ref from audit.events
        where organisation_id = ? and action = 'task_attachment.created' order by seq desc limit 1`,
      [world.organisationId]
    )
    assert.deepEqual(event, { actor_kind: 'external', actor_ref: person.id })
    const notices = await sql(
      admin(),
      `select title, detail from notifications where organisation_id = ? and title like 'An ext%'`,
      [world.organisationId]
    )
    assert.deepEqual(notices, [
      {
        title: `An external person added a file to ${project.code}-T1: Survey the quay`,
        detail: 'survey.pdf',
      },
    ])
  })

  for (const [name, bytes, filename, says] of unfitFiles) {
    test(`refuses ${name} beside the field, on the page of the task`, async ({
      assert,
      client,
    }) => {
      const linked = await linkedTask()
      const response = await handIn(client, linked.token, filename, bytes)
      response.assertStatus(422)
      assert.match(response.text(), new RegExp(says))
      assert.match(response.text(), /id="file-error"/)
      assert.include(response.text(), 'Survey the quay')
      assert.isUndefined(response.header('set-cookie'))
      response.assertHeader('referrer-policy', 'no-referrer')
      assert.isEmpty(await filesOf(linked))
    })
  }

  test('needs a file, and room for it', async ({ assert, client }) => {
    const linked = await linkedTask()
    const none = await client.post(`/task/${linked.token}/attachments`).form({})
    none.assertStatus(422)
    assert.include(none.text(), 'Choose a file')
    await sql(admin(), 'update organisations set max_storage_mb = 1 where id = ?', [
      linked.world.organisationId,
    ])
    await handIn(client, linked.token, 'one.txt', Buffer.alloc(700 * 1024, 'a'))
    const full = await handIn(client, linked.token, 'two.txt', Buffer.alloc(700 * 1024, 'a'))
    full.assertStatus(422)
    assert.include(full.text(), 'over its limit of')
  })

  test('lets people remove only their own files', async ({ assert, client }) => {
    const linked = await linkedTask()
    const { task, token, world } = linked
    const manager = await world.person('manager')
    await world.inside(() => TaskAttachment.add(task, 'theirs.pdf', PDF), manager)
    await handIn(client, token, 'survey.pdf', PDF)
    const [theirs, own] = await filesOf(linked)
    const other = await linkedTask('Other')
    await handIn(client, other.token, 'other.pdf', PDF)
    const [foreign] = await filesOf(other)
    for (const id of [theirs.id, foreign.id, 'nonsense']) {
      const response = await takeBack(client, token, id)
      response.assertStatus(404)
    }
    assert.lengthOf(await filesOf(linked), 2)
    assert.lengthOf(await filesOf(other), 1)
    const page = await client.get(`/task/${token}`)
    assert.include(page.text(), 'Remove survey.pdf?')
    const done = await takeBack(client, token, own.id)
    done.assertHeader('location', `/task/${token}?told=file_removed`)
    assert.deepEqual(
      (await filesOf(linked)).map(({ name }) => name),
      ['theirs.pdf']
    )
  })

  test('is over once the task has ended', async ({ assert, client }) => {
    const linked = await linkedTask()
    const { token } = linked
    await handIn(client, token, 'survey.pdf', PDF)
    const [file] = await filesOf(linked)
    await revise(linked, { status: 'done' })
    const late = await handIn(client, token, 'late.pdf', PDF)
    const back = await takeBack(client, token, file.id)
    for (const response of [late, back]) {
      response.assertStatus(422)
      assert.include(response.text(), 'The task has ended')
      assert.notInclude(response.text(), 'Remove survey.pdf?')
    }
    assert.lengthOf(await filesOf(linked), 1)
  })

  test('needs a link that works', async ({ assert, client }) => {
    const linked = await linkedTask()
    const { token, world } = linked
    await handIn(client, token, 'survey.pdf', PDF)
    const [file] = await filesOf(linked)
    const close = (changes: Partial<TaskLink>) =>
      world.inside(async () => {
        const link = await TaskLink.firstOrFail()
        await link.merge(changes as any).save()
      })
    for (const closed of [{ revokedAt: DateTime.utc() }, { expiresAt: DateTime.utc() }]) {
      await close({ revokedAt: null, expiresAt: DateTime.utc().plus({ days: 1 }), ...closed })
      const before = await checksums(world.organisationId)
      ;(await handIn(client, token, 'late.pdf', PDF)).assertStatus(410)
      ;(await takeBack(client, token, file.id)).assertStatus(410)
      assert.deepEqual(await checksums(world.organisationId), before)
    }
    ;(await handIn(client, 'A'.repeat(43), 'late.pdf', PDF)).assertStatus(410)
  })

  test('shows nothing of the person who had the task before', async ({ assert, client }) => {
    const linked = await linkedTask()
    await handIn(client, linked.token, 'survey.pdf', PDF)
    const [file] = await filesOf(linked)
    await revise(linked, {
      externalResourceId: null,
      assigneeId: (await linked.world.person('team')).membershipId,
    })
    ;(await takeBack(client, linked.token, file.id)).assertStatus(410)
    assert.lengthOf(await filesOf(linked), 1)
  })
})
