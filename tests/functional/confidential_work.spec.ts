import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import ExternalResource from '#models/external_resource'
import { morningRound } from '#models/morning/round'
import OutboxMail from '#models/outbox_mail'
import type Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { handIn } from '#tests/support/exercises/externals'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

const TITLE = 'Draft the redundancy letters'

test.group('Work that answers a confidential entry', (group) => {
  let tasks: Tasks
  group.each.setup(async () => {
    tasks = await Tasks.create()
  })

  const secret = () => tasks.raise('risk', { sensitivity: 'named_people', title: 'Closing a yard' })

  const guarded = async (attributes: Partial<Record<keyof Task, unknown>> = {}) => {
    const { id: raidItemId } = await secret()
    return tasks.add({ title: TITLE, raidItemId, ...attributes })
  }

  /** Everything that leaves by mail, as its readers get it. */
  const mails = () =>
    tasks.world.inside(async () => {
      const found = await OutboxMail.query().orderBy('id')
      return found.map(({ subject, textBody, htmlBody }) => `${subject}\n${textBody}\n${htmlBody}`)
    })

  test('is named by its ref alone in the mail that tells whom a comment mentions', async ({
    assert,
    client,
  }) => {
    const task = await guarded({ assigneeId: tasks.people.team.membershipId })
    const walk = await Walk.begin(client, tasks.people.manager)
    await walk.open(tasks.pageOf(task))
    await walk.submit(`${tasks.pageOf(task)}/comments`, { body: '@team person: forty people go' })
    const mentions = (await mails()).filter((mail) => mail.includes('mentioned you'))
    assert.lengthOf(mentions, 1)
    assert.include(mentions[0], task.ref)
    for (const word of [TITLE, 'forty people']) assert.notInclude(mentions[0], word)
    const open = await tasks.add({
      title: 'Survey the quay',
      assigneeId: tasks.people.team.membershipId,
    })
    await walk.submit(`${tasks.pageOf(open)}/comments`, { body: '@team person: at noon' })
    const [told] = (await mails()).filter((mail) => mail.includes('at noon'))
    assert.include(told, 'Survey the quay')
  })

  test('is named by its ref alone in notices of answers from outside', async ({
    assert,
    client,
  }) => {
    const person = await tasks.world.inside(() =>
      ExternalResource.create({ name: 'A lawyer', email: 'a.lawyer@demo.example', lockVersion: 1 })
    )
    await guarded({ externalResourceId: person.id })
    const [invitation] = await mails()
    const [path] = /\/task\/[\w-]{43}/.exec(invitation)!
    await client.post(`${path}/comments`).form({ body: 'The letters are ready' })
    await handIn(client, path.split('/').at(-1)!, 'forty-letters.txt', 'Dear all')
    await client.post(`${path}/status?_method=PUT`).form({ status: 'done', lock_version: '1' })
    const told = (await mails()).filter((mail) => mail.includes('An external person'))
    assert.lengthOf(told, 3)
    for (const mail of told) {
      assert.include(mail, `${tasks.project.code}-T1`)
      for (const word of [TITLE, 'letters are ready', 'forty-letters'])
        assert.notInclude(mail, word)
    }
  })

  test('is named by its ref alone in the digest of what is overdue', async ({ assert }) => {
    const task = await guarded({
      assigneeId: tasks.people.team.membershipId,
      dueOn: '2026-03-01',
    })
    await tasks.world.inside(() => morningRound(DateTime.fromISO('2026-03-04T07:00:00Z')))
    const [digest] = (await mails()).filter((mail) => mail.includes('overdue'))
    assert.include(digest, task.ref)
    assert.notInclude(digest, TITLE)
  })

  test('is named by its ref alone in calendars', async ({ assert, client }) => {
    const task = await guarded({
      assigneeId: tasks.people.team.membershipId,
      dueOn: '2099-12-01',
    })
    const walk = await Walk.begin(client, tasks.people.team)
    await walk.open('/calendar')
    const page = await walk.submitAndFollow('/calendar/feeds', { kind: 'tasks' })
    const [, address] = page.text().match(/value="([^"]+\.ics)"/)!
    const file = await client.get(new URL(address).pathname)
    assert.include(file.text(), `SUMMARY:${task.ref}\r\n`)
    assert.notInclude(file.text(), 'redundancy')
  })

  test('has subtasks that are as confidential', async ({ assert, client }) => {
    const whole = await guarded()
    const manager = await Walk.begin(client, tasks.people.manager)
    await manager.open(`${tasks.list}/create?parent_id=${whole.id}`)
    await manager.submit(tasks.list, {
      title: 'Letters to the night shift',
      assignee: tasks.people.manager.membershipId,
      parent_id: whole.id,
    })
    const [part] = await sql(admin(), 'select id, number from tasks where parent_id = ?', [
      whole.id,
    ])
    const page = `${tasks.list}/${part.id}`
    const mine = await manager.open(page)
    assert.include(mine.text(), 'Letters to the night shift')
    assert.include(mine.text(), whole.ref)
    const { project } = tasks
    for (const person of [tasks.people.team, tasks.people.viewer, tasks.people.pmo]) {
      const walk = await Walk.begin(client, person)
      ;(await walk.open(page)).assertStatus(404)
      for (const path of [
        tasks.list,
        `${tasks.list}.csv`,
        '/search?q=night+shift',
        `/projects/${project.id}/tasks.json`,
      ]) {
        assert.notInclude((await walk.open(path)).text(), 'Letters to', path)
      }
    }
    const pmo = await Walk.begin(client, tasks.people.pmo)
    for (const path of [`/projects/${project.id}/audit`, `/projects/${project.id}/audit.csv`]) {
      const trail = (await pmo.open(path)).text()
      for (const word of ['Letters to', `${project.code}-T${part.number}`]) {
        assert.notInclude(trail, word, path)
      }
    }
  })

  test('does not name in an export an entry that the reader may not see', async ({
    assert,
    client,
  }) => {
    const entry = await secret()
    await tasks.add({
      title: TITLE,
      raidItemId: entry.id,
      assigneeId: tasks.people.team.membershipId,
    })
    for (const [person, isNamed] of [
      [tasks.people.manager, true],
      [tasks.people.team, false],
    ] as const) {
      for (const list of [tasks.list, '/tasks']) {
        const file = (await client.get(`${list}.csv`).as(person)).text() as string
        assert.include(file, TITLE)
        assert.equal(file.includes(entry.ref), isNamed, list)
      }
    }
  })

  test('is divided into parts that answer what the whole answers, whatever a form says', async ({
    assert,
    client,
  }) => {
    const whole = await guarded()
    const open = await tasks.raise('issue')
    const manager = await Walk.begin(client, tasks.people.manager)
    await manager.open(`${tasks.list}/create`)
    await manager.submit(tasks.list, {
      title: 'Under another name',
      assignee: tasks.people.manager.membershipId,
      parent_id: whole.id,
      raid_item_id: open.id,
    })
    const [part] = await sql(
      admin(),
      'select raid_item_id, source_kind from tasks where parent_id = ?',
      [whole.id]
    )
    assert.deepEqual(part, { raid_item_id: whole.raidItemId, source_kind: 'raid_item' })
    const plain = await tasks.add()
    await manager.submit(tasks.list, {
      title: 'A part of plain work',
      assignee: tasks.people.manager.membershipId,
      parent_id: plain.id,
      raid_item_id: open.id,
    })
    const [other] = await sql(admin(), 'select raid_item_id from tasks where parent_id = ?', [
      plain.id,
    ])
    assert.equal(other.raid_item_id, open.id)
  })
})
