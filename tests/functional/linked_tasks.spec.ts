import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Task from '#models/task'
import TaskLink from '#models/task_link'
import { checksums, quietly } from '#tests/support/admin'
import { linkedTask } from '#tests/support/exercises/externals'
import { answer, taskOf } from '#tests/support/linked_answers'

test.group('The page of one task', () => {
  test('shows that task and nothing else, to whoever has the link', async ({ assert, client }) => {
    const linked = await linkedTask('Harbour Board')
    const { world, project, task, token } = linked
    await world.inside(async () => {
      const present = await Task.findOrFail(task.id)
      await present.revise({ description: '**Both** ends <b>x</b>', dueOn: '2099-12-24' }, 1)
      await Task.add(project, { title: 'Secret neighbour', assigneeId: project.managerId })
    })
    const page = await client.get(`/task/${token}`)
    page.assertStatus(200)
    const html = page.text()
    for (const text of [
      'Survey the quay',
      '<strong>Both</strong> ends',
      '24 Dec 2099',
      'Harbour Board',
      'Testing project',
      'manager person',
      'A surveyor',
      'href="/privacy"',
    ]) {
      assert.include(html, text)
    }
    for (const text of [
      'Secret neighbour',
      linked.person.email!,
      project.id,
      task.id,
      '<b>x</b>',
    ]) {
      assert.notInclude(html, text)
    }
  })

  test('says so while the task is open in a project that is over', async ({ assert, client }) => {
    const { project, task, token, world } = await linkedTask()
    const page = async () => (await client.get(`/task/${token}`)).text()
    const word = 'so the task may no longer be needed. Ask manager person before you go on.'
    assert.notInclude(await page(), word)
    await quietly(`update projects set status = 'cancelled' where id = ?`, [project.id])
    assert.include(await page(), `This project is cancelled, ${word}`)
    await world.inside(async () =>
      (await Task.findOrFail(task.id)).move('done', { lockVersion: 1 })
    )
    assert.notInclude(await page(), word)
  })

  test('keeps the address to itself, sets no cookie and measures nothing', async ({
    assert,
    client,
  }) => {
    const { token } = await linkedTask()
    const path = `/task/${token}`
    const pages = [
      await client.get(path).withCookie('orch_consent', 'accepted'),
      await client
        .post(`${path}/status?_method=PUT`)
        .form({ status: 'blocked', lock_version: '1' }),
      await client.post(`${path}/status?_method=PUT`).form({ status: 'done', lock_version: '1' }),
      await client.get(`/task/${'A'.repeat(43)}`),
    ]
    assert.deepEqual(
      pages.map((page) => page.status()),
      [200, 422, 303, 410]
    )
    for (const page of pages) {
      page.assertHeader('referrer-policy', 'no-referrer')
      page.assertHeader('cache-control', 'no-store')
      assert.isUndefined(page.header('set-cookie'))
      assert.notInclude(page.text(), '_csrf')
    }
  })

  test('opened however often changes nothing', async ({ assert, client }) => {
    const { world, token } = await linkedTask()
    const before = await checksums(world.organisationId)
    for (let times = 0; times < 3; times++) await client.get(`/task/${token}`)
    await client.get(`/task/${token}/status`)
    await client.get(`/task/${token}/status?_method=PUT&status=done&lock_version=1`)
    assert.deepEqual(await checksums(world.organisationId), before)
  })

  test('reveals nothing about a link that ended or never existed', async ({ assert, client }) => {
    const linked = await linkedTask('Secret Ltd')
    await linked.world.inside(async () => {
      const link = await TaskLink.firstOrFail()
      await link.merge({ expiresAt: DateTime.utc() }).save()
    })
    const [expired, unknown, nonsense] = [
      await client.get(`/task/${linked.token}`),
      await client.get(`/task/${'A'.repeat(43)}`),
      await client.get('/task/nonsense%00'),
    ]
    for (const page of [expired, unknown, nonsense]) page.assertStatus(410)
    assert.equal(expired.text(), unknown.text())
    assert.equal(expired.text(), nonsense.text())
    assert.notInclude(expired.text(), 'Secret Ltd')
    const answered = await answer(client, linked, { status: 'done' })
    answered.assertStatus(410)
    assert.equal((await taskOf(linked)).status, 'todo')
  })
})
