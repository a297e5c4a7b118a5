import { test } from '@japa/runner'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { openedMails } from '#tests/support/sealed'
import { admin, checksums, quietly } from '#tests/support/admin'
import { linkedTask } from '#tests/support/exercises/externals'
import type { World } from '#tests/support/world'
import { answer, taskOf } from '#tests/support/linked_answers'

function inboxOf({ organisationId }: World, title: string) {
  return sql(
    admin(),
    'select membership_id, kind, title, detail from notifications where organisation_id = ? and title like ?',
    [organisationId, title]
  )
}

test.group('Answering a task by its link', () => {
  test('moves it, in the person’s own name', async ({ assert, client }) => {
    const linked = await linkedTask()
    const { world, project, person, token } = linked
    const started = await answer(client, linked, { status: 'in_progress' })
    started.assertStatus(303)
    started.assertHeader('location', `/task/${token}?told=in_progress`)
    const done = await answer(client, linked, { status: 'done', lock_version: '2' })
    done.assertStatus(303)
    assert.deepInclude(await taskOf(linked), { status: 'done', lock_version: 3 })
    const page = await client.get(done.header('location')!)
    assert.include(page.text(), 'Saved: the task is done.')
    const events = await sql(
      admin(),
      `select action, actor_kind, actor_ref, project_id, facts->>'ref' as ref from audit.events
        where entity_id = ? and action = 'task.status_changed' order by seq`,
      [linked.task.id]
    )
    const event = {
      action: 'task.status_changed',
      actor_kind: 'external',
      actor_ref: person.id,
      project_id: project.id,
      ref: `${project.code}-T1`,
    }
    assert.deepEqual(events, [event, event])
    const manager = await world.person('manager')
    const trail = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.match(trail.text(), /A surveyor\s*<span class="row-sub">External<\/span>/)
    const history = await client.get(`/projects/${project.id}/tasks/${linked.task.id}`).as(manager)
    assert.match(history.text(), /<b>A surveyor \(external\)<\/b> changed the status of/)
    const csv = await client.get(`/projects/${project.id}/audit.csv`).as(await world.person('pmo'))
    assert.match(csv.text(), /A surveyor,External,/)
  })

  test('needs to say what blocks it', async ({ assert, client }) => {
    const linked = await linkedTask()
    const silent = await answer(client, linked, { status: 'blocked', reason: ' ' })
    silent.assertStatus(422)
    assert.include(silent.text(), 'Enter what is holding it up')
    const told = { 'success': 'All is well', 'made[href]': 'https://evil.test/' }
    const forged = await answer(client, linked, { status: 'blocked', reason: ' ', ...told })
    assert.notMatch(forged.text(), /All is well|evil\.test/)
    const long = await answer(client, linked, { status: 'blocked', reason: 'x'.repeat(1001) })
    long.assertStatus(422)
    assert.include(long.text(), `${'x'.repeat(1001)}</textarea>`)
    assert.equal((await taskOf(linked)).status, 'todo')
    const blocked = await answer(client, linked, { status: 'blocked', reason: 'No <boat>' })
    blocked.assertStatus(303)
    assert.deepInclude(await taskOf(linked), { status: 'blocked', blocked_reason: 'No <boat>' })
    const page = await client.get(`/task/${linked.token}`)
    assert.include(page.text(), 'Blocked: No &lt;boat&gt;')
  })

  test('cannot cancel it, reopen it as new, or make up a status', async ({ assert, client }) => {
    const linked = await linkedTask()
    for (const status of ['cancelled', 'todo', 'nonsense', '']) {
      const refused = await answer(client, linked, { status })
      refused.assertStatus(422)
    }
    const untold = await client.post(`/task/${linked.token}/status?_method=PUT`).form({})
    untold.assertStatus(422)
    assert.deepInclude(await taskOf(linked), { status: 'todo', lock_version: 1 })
  })

  test('cannot change anything else of it', async ({ assert, client }) => {
    const linked = await linkedTask()
    const before = await taskOf(linked)
    await answer(client, linked, {
      status: 'done',
      title: 'Renamed',
      due_on: '2020-01-01',
      assignee: linked.project.managerId!,
      external_resource_id: linked.task.id,
      organisation_id: linked.task.id,
    })
    const after = await taskOf(linked)
    assert.equal(after.status, 'done')
    for (const name of ['title', 'due_on', 'assignee_id', 'external_resource_id', 'priority']) {
      assert.deepEqual(after[name], before[name])
    }
  })

  test('shows someone else’s change first', async ({ assert, client }) => {
    const linked = await linkedTask()
    await linked.world.inside(async () => {
      const task = await Task.findOrFail(linked.task.id)
      await task.revise({ title: 'Survey both quays' }, 1)
    })
    const late = await answer(client, linked, { status: 'blocked', reason: 'No boat today' })
    late.assertStatus(409)
    assert.include(late.text(), 'Someone changed this task')
    assert.include(late.text(), 'No boat today</textarea>')
    assert.include(late.text(), 'Survey both quays')
    assert.equal((await taskOf(linked)).status, 'todo')
  })

  test('keeps what was typed when the task has ended, or the link', async ({ assert, client }) => {
    const linked = await linkedTask()
    const send = (path: string, fields: Record<string, string>) =>
      client
        .post(`/task/${linked.token}/${path}`)
        .header('sec-fetch-site', 'same-origin')
        .form(fields)
    const blocked = { status: 'blocked', reason: 'No boat today', lock_version: '1' }
    await linked.world.inside(async () => {
      const task = await Task.findOrFail(linked.task.id)
      await task.move('done', { lockVersion: 1 })
    })
    const late = await send('status?_method=PUT', blocked)
    late.assertStatus(409)
    assert.include(late.text(), 'What you wrote')
    assert.include(late.text(), 'No boat today')
    await quietly('update task_links set revoked_at = now() where task_id = ?', [linked.task.id])
    const gone = await send('comments', { body: 'The quay is <flooded>' })
    gone.assertStatus(410)
    assert.include(gone.text(), 'What you sent was not saved')
    assert.include(gone.text(), 'The quay is &lt;flooded&gt;')
    const foreign = await client
      .post(`/task/${linked.token}/comments`)
      .header('origin', 'https://evil.example')
      .form({ body: 'Call this number now' })
    assert.notInclude(foreign.text(), 'Call this number')
    assert.notInclude((await client.get(`/task/${linked.token}`)).text(), 'was not saved')
  })

  test('twenty times at once moves it once', async ({ assert, client }) => {
    const linked = await linkedTask()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => answer(client, linked, { status: 'done' }))
    )
    const statuses = answers.map((response) => response.status()).sort()
    assert.deepEqual(statuses, [303, ...Array(19).fill(409)])
    assert.deepInclude(await taskOf(linked), { status: 'done', lock_version: 2 })
  })

  test('notifies the asker and the manager, without a name', async ({ assert, client }) => {
    const linked = await linkedTask()
    const { world, project } = linked
    const pmo = await world.person('pmo')
    await client.post(`/projects/${project.id}/tasks/${linked.task.id}/link`).as(pmo)
    const [{ text_body: mail }] = await openedMails(
      `select text_body from email_outbox where email = ? and template = 'task_link'
        order by id desc limit 1`,
      [linked.person.email]
    )
    const token = mail.match(/\/task\/([\w-]{43})/)[1]
    await answer(client, { token }, { status: 'blocked', reason: 'No boat' })
    await answer(client, { token }, { status: 'in_progress', lock_version: '2' })
    await answer(client, { token }, { status: 'done', lock_version: '3' })
    const people = [pmo, await world.person('manager')].map(({ membershipId }) => membershipId)
    const done = await inboxOf(world, 'An external person completed%')
    assert.sameMembers(
      done.map((row) => row.membership_id),
      people
    )
    assert.equal(done[0].title, `An external person completed ${project.code}-T1: Survey the quay`)
    const blocked = await inboxOf(world, 'An external person is blocked%')
    assert.deepEqual(
      blocked.map(({ detail }) => detail),
      ['No boat', 'No boat']
    )
    assert.lengthOf(await inboxOf(world, 'An external%'), 4)
  })

  test('reaches the PMO once who asked for it and the manager are gone, and owners where there is no PMO', async ({
    assert,
    client,
  }) => {
    const linked = await linkedTask()
    const { world, project } = linked
    const pmo = await world.person('pmo')
    await answer(client, linked, { status: 'blocked', reason: 'No boat' })
    assert.notInclude(await membersTold(), pmo.membershipId)
    await sql(
      admin(),
      `update memberships set status = 'left' where organisation_id = ? and id <> ?`,
      [world.organisationId, pmo.membershipId]
    )
    await answer(client, linked, { status: 'in_progress', lock_version: '2' })
    await answer(client, linked, { status: 'done', lock_version: '3' })
    assert.include(await membersTold(), pmo.membershipId)
    const page = await client.get(`/projects/${project.id}/tasks/${linked.task.id}`).as(pmo)
    page.assertStatus(200)
    const owner = await world.person('owner')
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [pmo.membershipId])
    await client.post(`/task/${linked.token}/comments`).form({ body: 'At low water' })
    assert.include(await membersTold(), owner.membershipId)

    async function membersTold() {
      const rows = await inboxOf(world, 'An external person%')
      return rows.map(({ membership_id: id }) => id)
    }
  })

  test('does nothing in another organisation, whatever its session says', async ({
    assert,
    client,
  }) => {
    const [linked, other] = [await linkedTask(), await linkedTask('Other')]
    const outsider = await other.world.person('owner')
    const before = await checksums(other.world.organisationId)
    const response = await client
      .post(`/task/${linked.token}/status?_method=PUT`)
      .as(outsider)
      .form({ status: 'done', lock_version: '1' })
    response.assertStatus(303)
    assert.deepEqual(await checksums(other.world.organisationId), before)
    const [event] = await sql(
      admin(),
      `select actor_kind, actor_ref from audit.events
        where entity_id = ? and action = 'task.status_changed'`,
      [linked.task.id]
    )
    assert.deepEqual(event, { actor_kind: 'external', actor_ref: linked.person.id })
  })
})

test.group('Commenting on a task by its link', () => {
  test('is in the person’s name, and shows them their own words only', async ({
    assert,
    client,
  }) => {
    const linked = await linkedTask()
    const { world, project, task, token } = linked
    const manager = await world.person('manager')
    const page = `/projects/${project.id}/tasks/${task.id}`
    await client.post(`${page}/comments`).as(manager).form({ body: 'Between ourselves' })
    const body = `**At** low water @{member:${manager.membershipId}}`
    const response = await client.post(`/task/${token}/comments`).form({ body })
    response.assertStatus(303)
    response.assertHeader('location', `/task/${token}?told=comment`)
    const shown = await client.get(response.header('location')!)
    assert.include(shown.text(), '<strong>At</strong> low water')
    assert.notInclude(shown.text(), 'Between ourselves')
    const inside = await client.get(page).as(manager)
    assert.match(inside.text(), /<b>A surveyor<\/b> \(external\)/)
    const [event] = await sql(
      admin(),
      `select actor_kind, actor_ref from audit.events
        where organisation_id = ? and action = 'comment.created' order by seq desc limit 1`,
      [world.organisationId]
    )
    assert.deepEqual(event, { actor_kind: 'external', actor_ref: linked.person.id })
    const rows = await sql(admin(), 'select body from comments where author_external_id = ?', [
      linked.person.id,
    ])
    assert.deepEqual(rows, [{ body: '**At** low water @someone unknown' }])
    assert.lengthOf(await inboxOf(world, 'An external person commented on%'), 1)
  })

  test('needs words, and a link that works', async ({ assert, client }) => {
    const { world, token } = await linkedTask()
    const empty = await client.post(`/task/${token}/comments`).form({ body: ' ' })
    empty.assertStatus(422)
    assert.include(empty.text(), 'Enter a comment')
    const gone = await client.post(`/task/${'A'.repeat(43)}/comments`).form({ body: 'Hello' })
    gone.assertStatus(410)
    const rows = await sql(admin(), 'select id from comments where organisation_id = ?', [
      world.organisationId,
    ])
    assert.deepEqual(rows, [])
  })
})
