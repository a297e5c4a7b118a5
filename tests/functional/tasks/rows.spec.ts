import { test } from '@japa/runner'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

test.group('Task rows', (group) => {
  let tasks: Tasks
  let manager: Walk
  group.each.setup(async ({ context }) => {
    tasks ??= await Tasks.create()
    manager = await Walk.begin(context.client, tasks.people.manager)
  })

  test('cells are changed in the list, in one event', async ({ assert }) => {
    const task = await tasks.add()
    const list = `${tasks.list}?status=all`
    const form = await manager.open(`${list}&edit=${task.id}`)
    assert.include(form.text(), `Assignee of ${task.ref}`)
    const answer = await save(task, {
      status: 'in_progress',
      assignee: tasks.people.team.membershipId,
      due_on: '2027-05-01',
      return_to: list,
    })
    answer.assertHeader('location', list)
    assert.containSubset(await tasks.freshTask(task), {
      status: 'in_progress',
      assignee_id: tasks.people.team.membershipId,
      due_on: '2027-05-01',
    })
    const [, changed, ...rest] = await tasks.events(task.id)
    assert.equal(changed.action, 'task.status_changed')
    assert.deepEqual(changed.values.due_on, { after: '2027-05-01' })
    assert.lengthOf(rest, 0)
  })

  test('a refused change says so in the row, and keeps the choice', async ({ assert }) => {
    const task = await tasks.add({ startOn: '2027-05-01' })
    await manager.open(`${tasks.list}?edit=${task.id}`)
    for (const [fields, message] of [
      [{ due_on: '2027-04-01' }, 'Enter a due date on or after the start date'],
      [{ status: 'blocked' }, 'Enter what is holding it up'],
      [{ assignee: tasks.people.stranger.membershipId }, 'Choose someone who can see'],
    ] as const) {
      const page = await manager.follow(await save(task, fields))
      assert.include(page.text(), message)
    }
    assert.lengthOf(await tasks.events(task.id), 1)
    const blocked = await save(task, { status: 'blocked', reason: 'The tide' })
    blocked.assertHeader('location', tasks.list)
    assert.equal((await tasks.freshTask(task)).blocked_reason, 'The tide')
  })

  test('saved unchanged record no event', async ({ assert }) => {
    const task = await tasks.add()
    await save(task, {})
    assert.lengthOf(await tasks.events(task.id), 1)
  })

  test('an older row answers 409', async ({ assert }) => {
    const task = await tasks.add()
    const answers = await Promise.all([
      save(task, { status: 'in_progress' }),
      save(task, { status: 'done' }),
    ])
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [303, 409])
  })

  test('only rows that one may change have a form', async ({ assert, client }) => {
    const task = await tasks.add()
    const walk = await Walk.begin(client, tasks.people.viewer)
    const page = await walk.open(`${tasks.list}?edit=${task.id}`)
    assert.include(page.text(), task.ref)
    assert.notInclude(page.text(), `Assignee of ${task.ref}`)
    assert.notInclude(page.text(), `Select ${task.ref}`)
  })

  for (const { role, status, name } of casesOf(MANAGED)) {
    test(name, async ({ assert, client }) => {
      const task = await tasks.add()
      const walk = await Walk.begin(client, tasks.people[role])
      ;(await save(task, { priority: 'high' }, walk)).assertStatus(status)
      assert.lengthOf(await tasks.events(task.id), status === 303 ? 2 : 1)
    })
  }

  test('of another organisation are not there', async ({ client }) => {
    const task = await tasks.add()
    const other = await Tasks.create()
    const walk = await Walk.begin(client, other.people.manager)
    ;(await save(task, { priority: 'high' }, walk)).assertStatus(404)
  })

  function save(task: { id: string }, fields: Record<string, string>, by = manager) {
    const present = {
      status: 'todo',
      assignee: tasks.people.manager.membershipId,
      priority: 'medium',
      due_on: '',
      lock_version: 1,
    }
    return by.submit(`${tasks.pageOf(task)}/row`, { ...present, ...fields }, 'PATCH')
  }
})
