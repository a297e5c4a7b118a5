import { test } from '@japa/runner'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

test.group('Subtasks', (group) => {
  let tasks: Tasks
  let manager: Walk
  group.each.setup(async ({ context }) => {
    tasks ??= await Tasks.create()
    manager = await Walk.begin(context.client, tasks.people.manager)
  })

  const move = (task: { id: string }, status: string, version = 1) =>
    manager.submit(
      `${tasks.pageOf(task)}/status`,
      { status, reason: 'The tide', lock_version: version },
      'PUT'
    )

  test('are added from the page of their task, which shows how many are done', async ({
    assert,
  }) => {
    const whole = await tasks.add({ title: 'Rebuild the quay' })
    const before = await manager.open(tasks.pageOf(whole))
    assert.include(before.text(), `create?parent_id=${whole.id}`)
    const form = await manager.open(`${tasks.list}/create?parent_id=${whole.id}`)
    assert.include(form.text(), 'Rebuild the quay')
    const page = await manager.submitAndFollow(tasks.list, {
      title: 'Drive the piles',
      assignee: tasks.people.team.membershipId,
      parent_id: whole.id,
    })
    assert.include(page.text(), 'Part of')
    assert.include(page.text(), tasks.pageOf(whole))
    await tasks.add({ title: 'Pour the deck', parentId: whole.id, status: 'done' })
    const after = await manager.open(tasks.pageOf(whole))
    for (const title of ['Drive the piles', 'Pour the deck']) assert.include(after.text(), title)
    assert.include(after.text(), '1 of 2')
    const list = await manager.open(tasks.list)
    assert.include(list.text(), '1 of 2 subtasks done')
    assert.include(list.text(), `Part of ${whole.ref}`)
  })

  test('have none of their own', async ({ assert }) => {
    const whole = await tasks.add()
    const part = await tasks.add({ parentId: whole.id })
    const page = await manager.open(tasks.pageOf(part))
    assert.notInclude(page.text(), `parent_id=${part.id}`)
    const before = await tasks.count('tasks')
    await manager.open(`${tasks.list}/create`)
    const refused = await manager.submitAndFollow(tasks.list, {
      title: 'A part of a part',
      assignee: tasks.people.team.membershipId,
      parent_id: part.id,
    })
    assert.include(refused.text(), 'A subtask cannot have subtasks of its own')
    assert.equal(await tasks.count('tasks'), before)
  })

  for (const status of ['done', 'cancelled']) {
    test(`must be settled before their task is ${status}`, async ({ assert }) => {
      const whole = await tasks.add()
      const part = await tasks.add({ parentId: whole.id })
      await manager.open(tasks.pageOf(whole))
      const refused = await manager.follow(await move(whole, status))
      assert.include(refused.text(), `T${part.number}`)
      assert.include(refused.text(), 'href="#subtasks"')
      assert.equal((await tasks.freshTask(whole)).status, 'todo')
      await move(part, 'done')
      await move(whole, status)
      assert.equal((await tasks.freshTask(whole)).status, status)
    })
  }

  test('neither open again nor come under a task that is settled', async ({ assert }) => {
    const whole = await tasks.add()
    const part = await tasks.add({ parentId: whole.id, status: 'done' })
    await move(whole, 'done')
    await manager.open(tasks.pageOf(part))
    const refused = await manager.follow(await move(part, 'todo'))
    assert.include(refused.text(), 'Reopen that first')
    assert.equal((await tasks.freshTask(part)).status, 'done')
    await manager.open(`${tasks.list}/create`)
    const late = await manager.submitAndFollow(tasks.list, {
      title: 'Too late',
      assignee: tasks.people.team.membershipId,
      parent_id: whole.id,
    })
    assert.include(late.text(), 'Reopen it before you add to it')
  })

  test('never open while their task is being settled', async ({ assert }) => {
    for (let round = 0; round < 5; round++) {
      const whole = await tasks.add()
      const part = await tasks.add({ parentId: whole.id, status: 'done' })
      await Promise.all([move(whole, 'done'), move(part, 'todo')])
      const [one, other] = [await tasks.freshTask(whole), await tasks.freshTask(part)]
      assert.isFalse(one.status === 'done' && other.status === 'todo', `round ${round}`)
    }
  })

  test('are added by those who may change their task', async ({ assert, client }) => {
    const { team } = tasks.people
    const walk = await Walk.begin(client, team)
    const [mine, other] = [await tasks.add({ assigneeId: team.membershipId }), await tasks.add()]
    for (const [parent, status] of [
      [mine, 303],
      [other, 403],
    ] as const) {
      const before = await tasks.count('tasks')
      const answer = await walk.submit(tasks.list, {
        title: 'A part',
        assignee: team.membershipId,
        parent_id: parent.id,
      })
      answer.assertStatus(status)
      assert.equal(await tasks.count('tasks'), before + (status === 303 ? 1 : 0))
    }
  })

  test('are of the same project', async ({ assert }) => {
    const other = await tasks.world.project()
    const whole = await tasks.add()
    await manager.open(`/projects/${other.id}/tasks/create`)
    const before = await tasks.count('tasks')
    const refused = await manager.submitAndFollow(`/projects/${other.id}/tasks`, {
      title: 'Across',
      assignee: tasks.people.manager.membershipId,
      parent_id: whole.id,
    })
    assert.include(refused.text(), 'You cannot see this task')
    assert.equal(await tasks.count('tasks'), before)
  })
})
