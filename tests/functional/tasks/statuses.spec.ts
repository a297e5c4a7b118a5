import { test } from '@japa/runner'
import { nextTaskStatuses, taskStatuses, type TaskStatus } from '#models/task/states'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

/** The legal moves, written out a second time. */
const legal: Record<TaskStatus, TaskStatus[]> = {
  todo: ['in_progress', 'blocked', 'done', 'cancelled'],
  in_progress: ['todo', 'blocked', 'done', 'cancelled'],
  blocked: ['todo', 'in_progress', 'done', 'cancelled'],
  done: ['in_progress', 'todo'],
  cancelled: ['todo'],
}

test.group('Task statuses', (group) => {
  let tasks: Tasks
  let manager: Walk
  group.each.setup(async ({ context }) => {
    tasks ??= await Tasks.create()
    manager = await Walk.begin(context.client, tasks.people.manager)
  })

  const move = (task: { id: string }, fields: Record<string, unknown>, walk = manager) =>
    walk.submit(`${tasks.pageOf(task)}/status`, { lock_version: 1, ...fields }, 'PUT')

  for (const from of Object.keys(taskStatuses) as TaskStatus[]) {
    test(`from ${from} it moves as its state machine allows and no other way`, async ({
      assert,
    }) => {
      for (const to of [...Object.keys(taskStatuses), 'elsewhere'] as TaskStatus[]) {
        if (from === to) continue
        const held = from === 'blocked' ? { blockedReason: 'No crane' } : {}
        const task = await tasks.add({ status: from, ...held })
        await manager.open(tasks.pageOf(task))
        const answer = await move(task, { status: to, reason: 'The tide' })
        answer.assertStatus(303)
        const row = await tasks.freshTask(task)
        const expected = legal[from].includes(to) ? to : from
        assert.equal(row.status, expected, `${from} to ${to}`)
        assert.equal(row.completed_on !== null, expected === 'done', `completed in ${expected}`)
        assert.equal(row.blocked_reason !== null, expected === 'blocked', `held up in ${expected}`)
        assert.equal(row.lock_version, expected === to ? 2 : 1)
      }
      assert.sameMembers(nextTaskStatuses(from), legal[from])
    })
  }

  test('a move is recorded once, with before and after', async ({ assert }) => {
    const task = await tasks.add()
    await manager.open(tasks.pageOf(task))
    const page = await manager.follow(await move(task, { status: 'done' }))
    assert.include(page.text(), 'is now done')
    const [, moved, ...rest] = await tasks.events(task.id)
    assert.equal(moved.action, 'task.status_changed')
    assert.deepEqual(moved.values.status, { before: 'todo', after: 'done' })
    assert.lengthOf(rest, 0)
  })

  test('an illegal move says so on the page', async ({ assert }) => {
    const task = await tasks.add({ status: 'cancelled' })
    await manager.open(tasks.pageOf(task))
    const page = await manager.follow(await move(task, { status: 'done' }))
    assert.include(page.text(), 'Cancelled cannot become done')
  })

  test('a blocked task says what blocks it', async ({ assert }) => {
    const task = await tasks.add()
    await manager.open(tasks.pageOf(task))
    const asked = await manager.follow(await move(task, { status: 'blocked' }))
    assert.include(asked.text(), 'Enter what is holding it up')
    assert.equal((await tasks.freshTask(task)).status, 'todo')
    const held = await manager.follow(await move(task, { status: 'blocked', reason: 'No <crane>' }))
    assert.include(held.text(), 'Blocked: No &lt;crane&gt;')
    const freed = await manager.follow(await move(task, { status: 'todo', lock_version: 2 }))
    assert.notInclude(freed.text(), 'Blocked: No')
  })

  test('an older page is refused, and so is the slower of two', async ({ assert }) => {
    const task = await tasks.add()
    const answers = await Promise.all(
      ['in_progress', 'done'].map((status) => move(task, { status }))
    )
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [303, 409])
    assert.lengthOf(await tasks.events(task.id), 2)
  })

  test('the assignee moves it, whatever their role, and changes nothing else', async ({
    assert,
    client,
  }) => {
    const { viewer } = tasks.people
    const walk = await Walk.begin(client, viewer)
    const [mine, other] = [await tasks.add({ assigneeId: viewer.membershipId }), await tasks.add()]
    const page = await walk.open(tasks.pageOf(mine))
    assert.include(page.text(), 'Mark as blocked')
    const moved = await move(mine, { status: 'done' }, walk)
    moved.assertStatus(303)
    assert.equal((await tasks.freshTask(mine)).status, 'done')
    const refused = await move(other, { status: 'done' }, walk)
    refused.assertStatus(403)
    const edited = await walk.submit(tasks.pageOf(mine), { title: 'Renamed' }, 'PUT')
    edited.assertStatus(403)
  })

  for (const { role, status, name } of casesOf(MANAGED, "move another's")) {
    test(name, async ({ assert, client }) => {
      const task = await tasks.add()
      const walk = await Walk.begin(client, tasks.people[role])
      const answer = await move(task, { status: 'in_progress' }, walk)
      answer.assertStatus(status)
      assert.lengthOf(await tasks.events(task.id), status === 303 ? 2 : 1)
    })
  }
})
