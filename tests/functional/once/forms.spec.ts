import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import type Project from '#models/project'
import { sweepSentForms } from '#identity/sent_forms'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { keyIn } from '#tests/support/once'
import { rollingBack } from '#tests/support/rollback'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

const SAVED_ALREADY = 'This has already been saved.'

test.group('A form that is sent again', (group) => {
  let world: World
  let project: Project
  let manager: Person
  group.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
  })

  const fieldsOf = (key: string, title: string) => ({
    type: 'risk',
    nature: 'threat',
    title,
    status: 'open',
    _once: key,
  })

  const raise = (client: ApiClient, key: string, title: string, as = manager) =>
    client.post(`/projects/${project.id}/raid`).as(as).form(fieldsOf(key, title))

  const countOf = async (title: string) =>
    (await sql(admin(), 'select id from raid_items where title = ?', [title])).length

  const claimsOf = ({ userId }: Person) =>
    sql(admin(), 'select id from sent_forms where user_id = ?', [userId])

  const addTask = (client: ApiClient, key: string, title: string, as = manager) =>
    client.post(`/projects/${project.id}/tasks`).as(as).form({
      title,
      status: 'todo',
      priority: 'medium',
      assignee: manager.membershipId,
      _once: key,
    })

  test('does nothing more, and leads to where it led', async ({ assert, client }) => {
    const key = randomUUID()
    const first = await raise(client, key, 'Pump sent twice')
    const again = await raise(client, key, 'Pump sent twice')
    first.assertStatus(303)
    again.assertStatus(303)
    assert.equal(again.header('location'), first.header('location'))
    assert.equal(await countOf('Pump sent twice'), 1)
  })

  test('shows what was told the first time, or once that was read, that it was saved already', async ({
    assert,
    client,
  }) => {
    const walk = await Walk.begin(client, manager)
    const form = await walk.open(`/projects/${project.id}/raid/create?type=risk`)
    const fields = { type: 'risk', nature: 'threat', title: 'Weir cracks', status: 'open' }
    const sent = { ...fields, _once: keyIn(form.text()) }
    const address = `/projects/${project.id}/raid`
    await walk.submit(address, sent)
    const pressedTwice = await walk.submit(address, sent)
    const page = await walk.open(pressedTwice.header('location')!)
    assert.include(page.text(), 'was added')
    assert.notInclude(page.text(), SAVED_ALREADY)

    const pressedLater = await walk.submit(address, sent)
    const same = await walk.open(pressedLater.header('location')!)
    assert.include(same.text(), SAVED_ALREADY)
    assert.equal(await countOf('Weir cracks'), 1)
  })

  test('takes effect once when it is sent many times at once', async ({ assert, client }) => {
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => raise(client, key, 'Crane slips'))
    )
    for (const answer of answers) answer.assertStatus(303)
    assert.lengthOf(new Set(answers.map((answer) => answer.header('location'))), 1)
    assert.equal(await countOf('Crane slips'), 1)
  })

  test('keeps few connections waiting while the first is at work, and tells the rest so', async ({
    assert,
    client,
  }) => {
    const key = randomUUID()
    const impatient = await world.person('pmo')
    await raise(client, key, 'Slow to save', impatient)
    const [{ id }] = await claimsOf(impatient)
    await sql(admin(), 'delete from sent_forms where id = ?', [id])
    const first = await admin().transaction()
    await sql(first, 'insert into sent_forms (organisation_id, id, user_id) values (?, ?, ?)', [
      world.organisationId,
      id,
      impatient.userId,
    ])
    const pressed = Array.from({ length: 12 }, () => raise(client, key, 'Slow to save', impatient))
    const told: string[] = []
    for (const answer of pressed) {
      // A test that waited for those who wait would never end.
      void answer.then((given) => told.push(given.header('location')!))
    }
    while (told.length < 10) await pause(50)
    await pause(300)
    assert.lengthOf(told, 10)
    const walk = await Walk.begin(client, impatient)
    await walk.submit(`/projects/${project.id}/raid`, fieldsOf(key, 'Slow to save'))
    const page = await walk.open('/projects')
    assert.include(page.text(), 'This is still being saved.')
    await first.commit()
    for (const answer of await Promise.all(pressed)) answer.assertStatus(303)
    assert.equal(await countOf('Slow to save'), 1)
  })

  test('counts as another form with other words', async ({ assert, client }) => {
    const key = randomUUID()
    await raise(client, key, 'Quay settles')
    const other = await raise(client, key, 'Quay settles fast')
    other.assertStatus(303)
    assert.equal(await countOf('Quay settles fast'), 1)
  })

  test('takes effect again when it was rendered anew', async ({ assert, client }) => {
    for (const key of [randomUUID(), randomUUID()]) await raise(client, key, 'Twice on purpose')
    assert.equal(await countOf('Twice on purpose'), 2)
  })

  test('may be corrected and sent again after it was refused or rolled back', async ({
    assert,
    client,
  }) => {
    const key = randomUUID()
    const lead = await world.person('team')
    await addTask(client, key, '', lead)
    assert.isEmpty(await claimsOf(lead))
    const undone = await rollingBack(() => addTask(client, key, 'Mend the weir', lead))
    undone.assertStatus(303)
    assert.isEmpty(await claimsOf(lead))
    const mended = await addTask(client, key, 'Mend the weir', lead)
    assert.match(mended.header('location')!, /\/tasks\/[\w-]{36}$/)
    assert.notEqual(mended.header('location'), undone.header('location'))
  })

  test('claims nothing where its sender may not do it', async ({ assert, client }) => {
    const auditor = await world.person('auditor')
    const refused = await raise(client, randomUUID(), 'Not mine to raise', auditor)
    refused.assertStatus(403)
    assert.isEmpty(await claimsOf(auditor))
  })

  test('is worth nothing to a colleague, a stranger or another organisation with its key', async ({
    assert,
    client,
  }) => {
    const key = randomUUID()
    const mine = await raise(client, key, 'By each of us')
    const other = await raise(client, key, 'By each of us', await world.person('team'))
    other.assertStatus(303)
    assert.notEqual(other.header('location'), mine.header('location'))

    const elsewhere = await World.create()
    const theirs = await elsewhere.project()
    const there = await elsewhere.person('manager')
    const stranger = await raise(client, key, 'By each of us', there)
    stranger.assertStatus(404)
    const form = { type: 'risk', nature: 'threat', title: 'By each of us', _once: key }
    const done = await client.post(`/projects/${theirs.id}/raid`).as(there).form(form)
    assert.include(done.header('location'), theirs.id)
    assert.equal(await countOf('By each of us'), 3)
  })

  test('claims nothing for somebody who is no member', async ({ assert, client }) => {
    const there = await (await World.create()).person('manager')
    const forged = { ...there, organisationId: world.organisationId }
    const answer = await raise(client, randomUUID(), 'From outside', forged)
    answer.assertStatus(303)
    assert.equal(answer.header('location'), '/organisations')
    assert.isEmpty(await claimsOf(there))
  })

  test('leads a part of a page on as htmx does', async ({ assert, client }) => {
    const key = randomUUID()
    const first = await raise(client, key, 'In a part')
    const again = await raise(client, key, 'In a part').forFragment('main')
    again.assertStatus(204)
    assert.equal(again.header('hx-redirect'), first.header('location'))
  })

  test('without a key is accepted each time', async ({ assert, client }) => {
    for (const key of ['short', 'with spaces and more of them', 'x'.repeat(65)]) {
      for (let time = 0; time < 2; time++) await raise(client, key, `Key ${key.length}`)
      assert.equal(await countOf(`Key ${key.length}`), 2)
    }
  })

  test('differs from one with another file of that name and size', async ({ assert, client }) => {
    const key = randomUUID()
    const task = await addTask(client, randomUUID(), 'Survey the weir')
    const hand = (content: string) =>
      client
        .post(`${task.header('location')}/attachments`)
        .as(manager)
        .field('_once', key)
        .file('file', Buffer.from(content), { filename: 'survey.txt' })
    for (const content of ['low water', 'low water', 'top water']) {
      const answer = await hand(content)
      answer.assertStatus(303)
    }
    const rows = await sql(admin(), 'select id from task_attachments where organisation_id = ?', [
      world.organisationId,
    ])
    assert.lengthOf(rows, 2)
  })

  test('is forgotten after a day, everywhere', async ({ assert, client }) => {
    const key = randomUUID()
    await raise(client, key, 'Every day')
    await sql(admin(), `update sent_forms set created_at = now() - interval '25 hours'`)
    await raise(client, randomUUID(), 'Of today')
    await sweepSentForms()
    const rows = await sql(admin(), 'select path from sent_forms where organisation_id = ?', [
      world.organisationId,
    ])
    assert.lengthOf(rows, 1)
  })

  test('is kept sealed, without its words', async ({ assert, client }) => {
    await raise(client, randomUUID(), 'A canary title')
    const rows = await sql(admin(), 'select path from sent_forms where path is not null')
    assert.isNotEmpty(rows)
    for (const { path } of rows) assert.notInclude(path, project.id)
  })
})
