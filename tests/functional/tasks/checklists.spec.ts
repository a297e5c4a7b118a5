import { test } from '@japa/runner'
import ChecklistItem from '#models/checklist_item'
import type Task from '#models/task'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

test.group('Checklists', (group) => {
  let tasks: Tasks
  let manager: Walk
  group.each.setup(async ({ context }) => {
    tasks ??= await Tasks.create()
    manager = await Walk.begin(context.client, tasks.people.manager)
  })

  const url = (task: Task) => `${tasks.pageOf(task)}/checklist`
  const steps = (task: Task) => tasks.world.inside(async () => await ChecklistItem.of(task))
  const texts = async (task: Task) => (await steps(task)).map(({ text }) => text)
  const fill = async (task: Task, names = ['One', 'Two', 'Three']) => {
    for (const name of names) await tasks.world.inside(() => ChecklistItem.add(task, name))
    return steps(task)
  }

  test('grow, are ticked, moved and shortened, each told once', async ({ assert }) => {
    const task = await tasks.add()
    await manager.open(tasks.pageOf(task))
    for (const text of ['Hire a barge', 'Move the buoys', 'Tell the harbour master']) {
      await manager.submit(url(task), { text })
    }
    const [first, second, third] = await steps(task)
    await manager.submit(`${url(task)}/${first.id}`, { done: '1' }, 'PUT')
    await manager.submit(`${url(task)}/${third.id}/place`, { direction: 'up' }, 'PUT')
    await manager.submit(`${url(task)}/${second.id}`, {}, 'DELETE')
    assert.deepEqual(await texts(task), ['Hire a barge', 'Tell the harbour master'])
    const page = await manager.open(tasks.pageOf(task))
    assert.include(page.text(), '1 of 2')
    assert.include(page.text(), 'ticked a step of')
    assert.include(page.text(), 'this task: Hire a barge')
    const told = async (id: string) => (await tasks.events(id)).map(({ action }) => action)
    const created = 'checklist_item.created'
    assert.deepEqual(await told(first.id), [created, 'checklist_item.ticked'])
    assert.deepEqual(await told(third.id), [created, 'checklist_item.moved'])
    assert.deepEqual(await told(second.id), [created, 'checklist_item.deleted'])
  })

  test('are ticked by two at once without harm, and told once', async ({ assert }) => {
    const task = await tasks.add()
    const [step] = await fill(task)
    await manager.submit(`${url(task)}/${step.id}`, { done: '1' }, 'PUT')
    await manager.submit(`${url(task)}/${step.id}`, { done: '1' }, 'PUT')
    assert.lengthOf(await tasks.events(step.id), 2)
    await manager.submit(`${url(task)}/${step.id}`, { done: '0' }, 'PUT')
    const told = await tasks.events(step.id)
    assert.equal(told.at(-1)!.action, 'checklist_item.unticked')
  })

  test('keep a whole order, whoever moves what at once', async ({ assert }) => {
    const task = await tasks.add()
    const all = await fill(task, ['One', 'Two', 'Three', 'Four', 'Five'])
    await Promise.all(
      all.map(({ id }, index) =>
        manager.submit(`${url(task)}/${id}/place`, { direction: index % 2 ? 'up' : 'down' }, 'PUT')
      )
    )
    assert.sameMembers(await texts(task), ['One', 'Two', 'Three', 'Four', 'Five'])
    const places = (await steps(task)).map(({ position }) => position)
    assert.deepEqual(places, [1, 2, 3, 4, 5])
  })

  test('do not move beyond either end', async ({ assert }) => {
    const task = await tasks.add()
    const [first] = await fill(task)
    const answer = await manager.submit(
      `${url(task)}/${first.id}/place`,
      { direction: 'up' },
      'PUT'
    )
    answer.assertStatus(303)
    assert.deepEqual(await texts(task), ['One', 'Two', 'Three'])
    assert.lengthOf(await tasks.events(first.id), 1)
  })

  test('refuse an empty step, a long one and a 101st', async ({ assert }) => {
    const task = await tasks.add()
    await manager.open(tasks.pageOf(task))
    for (const [text, message] of [
      ['  ', 'Enter a step'],
      ['x'.repeat(201), 'Keep a step to 200 characters'],
    ]) {
      const page = await manager.submitAndFollow(url(task), { text })
      assert.include(page.text(), message)
    }
    await fill(
      task,
      Array.from({ length: 100 }, (_, index) => `Step ${index}`)
    )
    const full = await manager.submitAndFollow(url(task), { text: 'One more' })
    assert.include(full.text(), 'Use subtasks for more')
    assert.lengthOf(await steps(task), 100)
  })

  test('belong to their task', async () => {
    const [task, other] = [await tasks.add(), await tasks.add()]
    const [step] = await fill(task)
    const answer = await manager.submit(`${url(other)}/${step.id}`, { done: '1' }, 'PUT')
    answer.assertStatus(404)
  })

  test('are worked on by whoever has the task, and by those who may change it', async ({
    assert,
    client,
  }) => {
    const { people } = tasks
    const task = await tasks.add({ assigneeId: people.viewer.membershipId })
    const [step] = await fill(task)
    const may = { manager: 303, pmo: 303, viewer: 303, team: 403, sponsor: 403, stranger: 404 }
    for (const [role, status] of Object.entries(may) as [keyof typeof may, number][]) {
      const walk = await Walk.begin(client, people[role])
      for (const [path, fields, method] of [
        [url(task), { text: `By a ${role}` }, 'POST'],
        [`${url(task)}/${step.id}`, { done: '1' }, 'PUT'],
        [`${url(task)}/${step.id}/place`, { direction: 'up' }, 'PUT'],
      ] as const) {
        const answer = await walk.submit(path, fields, method)
        assert.equal(answer.status(), status, `${role} ${path}`)
      }
      if (status === 303) continue
      const removal = await walk.submit(`${url(task)}/${step.id}`, {}, 'DELETE')
      removal.assertStatus(status)
      const page = await walk.open(tasks.pageOf(task))
      if (status === 403) assert.notInclude(page.text(), 'action="' + url(task))
    }
    assert.lengthOf(await steps(task), 6)
  })
})
