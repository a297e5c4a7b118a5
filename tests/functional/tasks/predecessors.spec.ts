import { test } from '@japa/runner'
import type Task from '#models/task'
import TaskPredecessor from '#models/task_predecessor'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

test.group('Tasks that wait for others', (group) => {
  let tasks: Tasks
  let manager: Walk
  group.each.setup(async ({ context }) => {
    tasks ??= await Tasks.create()
    manager = await Walk.begin(context.client, tasks.people.manager)
  })

  const wait = (task: Task, ref: string, walk = manager) =>
    walk.submit(`${tasks.pageOf(task)}/predecessors`, { ref })
  const links = (task: Task) =>
    tasks.world.inside(async () => await TaskPredecessor.query().where('task_id', task.id))

  test('name them by reference, on both pages and in the trail', async ({ assert }) => {
    const [deck, piles] = [await tasks.add({ title: 'Deck' }), await tasks.add({ title: 'Piles' })]
    await manager.open(tasks.pageOf(deck))
    const page = await manager.follow(await wait(deck, piles.ref.toLowerCase()))
    assert.include(page.text(), `${deck.ref} now waits for ${piles.ref}.`)
    assert.include(page.text(), 'Waits for')
    const other = await manager.open(tasks.pageOf(piles))
    assert.include(other.text(), 'Waiting for this task')
    const [, told] = await tasks.events(deck.id)
    assert.equal(told.action, 'task.predecessor_added')
    assert.deepEqual(told.values.predecessor, { after: piles.id })
    assert.equal((await tasks.freshTask(deck)).lock_version, 2)

    const [{ id }] = await links(deck)
    await manager.submit(`${tasks.pageOf(deck)}/predecessors/${id}`, {}, 'DELETE')
    assert.lengthOf(await links(deck), 0)
    assert.equal((await tasks.events(deck.id)).at(-1)!.action, 'task.predecessor_removed')
  })

  test('never wait in a circle, however long', async ({ assert }) => {
    const chain = [await tasks.add(), await tasks.add(), await tasks.add(), await tasks.add()]
    for (let index = 1; index < chain.length; index++) {
      await wait(chain[index], `T${chain[index - 1].number}`)
    }
    await manager.open(tasks.pageOf(chain[0]))
    const refused = await manager.follow(await wait(chain[0], `T${chain[3].number}`))
    assert.include(refused.text(), 'they would block each other')
    const self = await manager.follow(await wait(chain[0], `T${chain[0].number}`))
    assert.include(self.text(), 'A task cannot wait for itself')
    const again = await manager.follow(await wait(chain[1], `T${chain[0].number}`))
    assert.include(again.text(), 'already')
    assert.lengthOf(await links(chain[0]), 0)
  })

  test('never wait in a circle closed from both ends at once', async ({ assert }) => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await tasks.add(), await tasks.add()]
      await Promise.all([wait(one, other.ref), wait(other, one.ref)])
      assert.lengthOf([...(await links(one)), ...(await links(other))], 1)
    }
  })

  test('never wait for their own subtasks, or for unknown tasks', async ({ assert }) => {
    const whole = await tasks.add()
    const part = await tasks.add({ parentId: whole.id })
    await manager.open(tasks.pageOf(whole))
    for (const [ref, message] of [
      [`T${part.number}`, 'cannot wait for each other'],
      ['T99999', 'There is no T99999 in this project'],
      ['R1', 'There is no R1 in this project'],
      ['ELSEWHERE-T1', 'There is no ELSEWHERE-T1'],
      ['', 'Enter a reference such as T12'],
    ]) {
      const refused = await manager.follow(await wait(whole, ref))
      assert.include(refused.text(), message)
    }
    assert.lengthOf(await links(whole), 0)
  })

  test('warn when they are started anyway', async ({ assert }) => {
    const piles = await tasks.add({ dueOn: '2027-03-01' })
    const deck = await tasks.add({ startOn: '2027-02-01' })
    await wait(deck, piles.ref)
    const planned = await manager.open(tasks.pageOf(deck))
    assert.include(planned.text(), 'starts before what it waits for is due')
    const fields = { status: 'in_progress', lock_version: 2 }
    await manager.submit(`${tasks.pageOf(deck)}/status`, fields, 'PUT')
    const begun = await manager.open(tasks.pageOf(deck))
    assert.include(begun.text(), `has started, but it waits for ${piles.ref}`)
    await manager.submit(
      `${tasks.pageOf(piles)}/status`,
      { status: 'done', lock_version: 1 },
      'PUT'
    )
    const calm = await manager.open(tasks.pageOf(deck))
    assert.notInclude(calm.text(), 'has started, but')
  })

  for (const { role, status, name } of casesOf(MANAGED, 'decide it')) {
    test(name, async ({ assert, client }) => {
      const [task, other] = [await tasks.add(), await tasks.add()]
      const walk = await Walk.begin(client, tasks.people[role])
      const answer = await wait(task, other.ref, walk)
      answer.assertStatus(status)
      assert.lengthOf(await links(task), status === 303 ? 1 : 0)
    })
  }
})
