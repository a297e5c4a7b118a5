import { test } from '@japa/runner'
import Comment from '#models/comment'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

test.group('Comments on tasks', (group) => {
  let tasks: Tasks
  group.setup(async () => {
    tasks = await Tasks.create()
  })

  const told = (membershipId: string) =>
    sql<{ title: string; path: string; kind: string }>(
      admin(),
      'select title, path, kind from notifications where membership_id = ? order by id',
      [membershipId]
    )

  test('are on the page and in its history, and notify the people they mention', async ({
    assert,
    client,
  }) => {
    const task = await tasks.add({ title: 'Survey the quay' })
    const manager = await Walk.begin(client, tasks.people.manager)
    await manager.open(tasks.pageOf(task))
    const page = await manager.submitAndFollow(`${tasks.pageOf(task)}/comments`, {
      body: 'Ask @team person for the *drawings*',
    })
    assert.include(page.text(), '<em>drawings</em>')
    assert.include(page.text(), 'commented on')
    const [mention] = await told(tasks.people.team.membershipId)
    assert.include(mention.title, `mentioned you in ${task.ref} Survey the quay`)
    assert.include(mention.path, `${tasks.pageOf(task)}#comment-`)
    const pmo = await Walk.begin(client, tasks.people.pmo)
    const trail = await pmo.open(`/projects/${tasks.project.id}/audit?ref=${task.ref}`)
    assert.include(trail.text(), tasks.pageOf(task))
  })

  test('say when an @ matched nobody', async ({ assert, client }) => {
    const task = await tasks.add({ title: 'Survey the pier' })
    const risk = await tasks.raise('risk')
    const manager = await Walk.begin(client, tasks.people.manager)
    for (const path of [tasks.pageOf(task), `/projects/${tasks.project.id}/raid/${risk.id}`]) {
      await manager.open(path)
      const say = async (body: string) =>
        (await manager.submitAndFollow(`${path}/comments`, { body })).text()
      assert.include(await say('Ask @Tam for them'), '“@Tam” did not match anyone')
      assert.notInclude(await say('Ask @team person, or team@demo.example'), 'did not match anyone')
    }
  })

  test('on what answers a confidential entry reach its readers and its assignee alone', async ({
    assert,
  }) => {
    const fresh = await Tasks.create()
    const { manager, team, viewer, pmo } = fresh.people
    const secret = await fresh.raise('risk', { sensitivity: 'named_people' })
    const task = await fresh.add({ raidItemId: secret.id, assigneeId: team.membershipId })
    await fresh.world.inside(
      () => Comment.add(task, fresh.project, 'To @team person, @viewer person, @pmo person'),
      manager
    )
    const kinds = async (person: { membershipId: string }) =>
      (await told(person.membershipId)).map(({ kind }) => kind)
    assert.include(await kinds(team), 'mention')
    assert.deepEqual(await kinds(viewer), [])
    assert.deepEqual(await kinds(pmo), [])
  })

  for (const { role, status, name } of casesOf({ ...MANAGED, team: 303, sponsor: 303 })) {
    test(name, async ({ assert, client }) => {
      const task = await tasks.add()
      const before = await tasks.count('comments')
      const walk = await Walk.begin(client, tasks.people[role])
      const answer = await walk.submit(`${tasks.pageOf(task)}/comments`, { body: 'Seen' })
      answer.assertStatus(status)
      assert.equal(await tasks.count('comments'), before + (status === 303 ? 1 : 0))
    })
  }

  test('are accepted from the assignee', async ({ client }) => {
    const task = await tasks.add({ assigneeId: tasks.people.viewer.membershipId })
    const walk = await Walk.begin(client, tasks.people.viewer)
    const answer = await walk.submit(`${tasks.pageOf(task)}/comments`, {
      body: 'Half of it is done',
    })
    answer.assertStatus(303)
  })

  test('an empty one says so', async ({ assert, client }) => {
    const task = await tasks.add()
    const walk = await Walk.begin(client, tasks.people.manager)
    await walk.open(tasks.pageOf(task))
    const page = await walk.submitAndFollow(`${tasks.pageOf(task)}/comments`, { body: ' ' })
    assert.include(page.text(), 'Enter a comment')
  })
})

test.group('Whoever is given a task', () => {
  const assigned = (membershipId: string) =>
    sql<{ title: string; detail: string | null }>(
      admin(),
      `select title, detail from notifications where membership_id = ? and kind = 'assignment'`,
      [membershipId]
    )

  test('is told, unless they took it themselves', async ({ assert, client }) => {
    const tasks = await Tasks.create()
    const { team, manager, viewer } = tasks.people
    const task = await tasks.add({ assigneeId: team.membershipId, title: 'Survey the quay' })
    assert.lengthOf(await assigned(team.membershipId), 1)
    await tasks.add()
    assert.lengthOf(await assigned(manager.membershipId), 0)
    const walk = await Walk.begin(client, manager)
    const form = { title: 'Survey the quay', priority: 'high', assignee: viewer.membershipId }
    await walk.submit(tasks.pageOf(task), { ...form, lock_version: 1 }, 'PUT')
    const [notice] = await assigned(viewer.membershipId)
    assert.include(notice.title, `assigned you ${task.ref} Survey the quay`)
    await walk.submit(tasks.pageOf(task), { ...form, title: 'Renamed', lock_version: 2 }, 'PUT')
    assert.lengthOf(await assigned(viewer.membershipId), 1)
  })

  test('learns of one that answers a confidential entry by its ref alone', async ({ assert }) => {
    const tasks = await Tasks.create()
    const { team } = tasks.people
    const secret = await tasks.raise('risk', { sensitivity: 'named_people' })
    const task = await tasks.add({
      raidItemId: secret.id,
      assigneeId: team.membershipId,
      title: 'Quietly replace the supplier',
      description: 'Nobody must know',
    })
    const [notice] = await assigned(team.membershipId)
    assert.include(notice.title, task.ref)
    assert.notInclude(JSON.stringify(notice), 'supplier')
    assert.isNull(notice.detail)
  })
})
