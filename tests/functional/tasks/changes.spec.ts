import { test } from '@japa/runner'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { casesOf } from '#tests/support/rights'
import { openedMails } from '#tests/support/sealed'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'
import type { Person } from '#tests/support/world'

test.group('Many tasks', (group) => {
  let tasks: Tasks
  let manager: Walk
  group.each.setup(async ({ context }) => {
    tasks = await Tasks.create()
    manager = await Walk.begin(context.client, tasks.people.manager)
  })

  test('are listed with what may change about them', async ({ assert }) => {
    const [one, other] = [await tasks.add({ title: 'Buy grease' }), await tasks.add()]
    const list = await manager.open(`${tasks.list}?select=page`)
    assert.match(list.text(), new RegExp(`value="${one.number}"[^>]* checked`))
    const page = await manager.open(formOf([one, other]))
    for (const words of ['Change 2 tasks', 'Buy grease', 'Dredge the basin', one.ref]) {
      assert.include(page.text(), words)
    }
  })

  const changes: [string, Record<string, string>, Record<string, unknown>][] = [
    ['a status', { change: 'status', status: 'in_progress' }, { status: 'in_progress' }],
    [
      'a block, with its reason',
      { change: 'status', status: 'blocked', reason: 'The tide' },
      { status: 'blocked', blocked_reason: 'The tide' },
    ],
    ['a due date', { change: 'due_on', due_on: '2027-03-01' }, { due_on: '2027-03-01' }],
    ['no due date', { change: 'due_on', due_on: '' }, { due_on: null }],
    ['a later due date', { change: 'shift', days: '30' }, { due_on: '2027-01-31' }],
    ['an earlier due date', { change: 'shift', days: '-1' }, { due_on: '2026-12-31' }],
    ['a priority', { change: 'priority', priority: 'critical' }, { priority: 'critical' }],
    ['an end', { change: 'cancel' }, { status: 'cancelled' }],
  ]
  for (const [name, fields, expected] of changes) {
    test(`take ${name}, each with one event, and give it back`, async ({ assert }) => {
      const chosen = [
        await tasks.add({ dueOn: '2027-01-01' }),
        await tasks.add({ dueOn: '2027-01-01' }),
      ]
      const before = await Promise.all(chosen.map((task) => tasks.freshTask(task)))
      const list = await change(chosen, fields)
      assert.include(list.text(), '2 tasks changed.')
      for (const task of chosen) {
        assert.containSubset(await tasks.freshTask(task), expected)
        assert.lengthOf(await tasks.events(task.id), 2)
      }
      const back = await manager.submitAndFollow(`${tasks.list}/changes`, undoIn(list.text()))
      assert.include(back.text(), '2 tasks put back.')
      for (const [index, task] of chosen.entries()) {
        const { status, due_on: dueOn, priority } = before[index]
        assert.containSubset(await tasks.freshTask(task), { status, due_on: dueOn, priority })
        assert.lengthOf(await tasks.events(task.id), 3)
      }
    })
  }

  test('go to a member, who hears of it once', async ({ assert }) => {
    const chosen = await addMany(3)
    const { membershipId } = tasks.people.team
    await change(chosen, { change: 'assignee', assignee: membershipId })
    for (const task of chosen) {
      assert.equal((await tasks.freshTask(task)).assignee_id, membershipId)
      const [, given] = await tasks.events(task.id)
      assert.equal(given.values.assignee_id.after, membershipId)
    }
    const notices = await sql(admin(), 'select title from notifications where membership_id = ?', [
      membershipId,
    ])
    assert.lengthOf(notices, 1)
    assert.include(notices[0].title, `assigned you 3 tasks in ${tasks.project.code}`)
  })

  test('go to someone outside, who gets one mail with a link to each', async ({
    assert,
    client,
  }) => {
    const chosen = await addMany(3)
    const person = await tasks.external()
    await tasks.world.inside(() => person.merge({ email: 'surveyor@example.test' }).save())
    await change(chosen, { change: 'assignee', assignee: person.id })
    const mails = await openedMails(
      'select subject, text_body from email_outbox where organisation_id = ? and email = ?',
      [tasks.world.organisationId, 'surveyor@example.test']
    )
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      ['3 tasks from Testing Ltd']
    )
    const links: string[] = mails[0].text_body.match(/\/task\/[\w-]{43}/g)
    assert.lengthOf(new Set(links), 3)
    for (const link of links) (await client.get(link)).assertStatus(200)
    await change(chosen, { change: 'assignee', assignee: tasks.people.team.membershipId })
    for (const link of links) (await client.get(link)).assertStatus(410)
  })

  test('change all or none, and each that cannot is named with its reason', async ({ assert }) => {
    const [fine, done, stale] = await addMany(3)
    await tasks.world.inside(() => done.move('done', { lockVersion: 1 }))
    await tasks.world.inside(() => stale.revise({ title: 'Changed meanwhile' }, 1))
    const rows = `${fine.number}.1 ${done.number}.2 ${stale.number}.1 ${stale.number + 7}.1`
    await manager.open(formOf([fine, done, stale]))
    const fields = { rows, change: 'status', status: 'blocked', reason: 'The tide' }
    const page = await manager.submitAndFollow(`${tasks.list}/changes`, fields)
    for (const words of [
      'Nothing was changed, because 3 tasks cannot be changed this way.',
      'Done cannot become blocked',
      'Someone changed it after you chose it',
      'You cannot see a task with this reference',
      'value="The tide"',
    ]) {
      assert.include(page.text(), words)
    }
    assert.equal((await tasks.freshTask(fine)).status, 'todo')
    assert.lengthOf(await tasks.events(fine.id), 1)
  })

  test('are not settled while subtasks are open, unless together', async ({ assert }) => {
    const whole = await tasks.add()
    const part = await tasks.add({ parentId: whole.id })
    const page = await change([whole], { change: 'cancel' })
    assert.include(page.text(), `This subtask is still open: T${part.number}`)
    await change([whole, part], { change: 'cancel' })
    assert.equal((await tasks.freshTask(whole)).status, 'cancelled')
    const refused = await change([part], { change: 'status', status: 'todo' })
    assert.include(refused.text(), 'Its parent task is done or cancelled')
  })

  test('changed by two at once are changed by one of them', async ({ assert, client }) => {
    const chosen = await addMany(3)
    const other = await Walk.begin(client, tasks.people.pmo)
    const rows = rowsOf(chosen)
    await Promise.all([
      manager.submit(`${tasks.list}/changes`, { rows, change: 'priority', priority: 'high' }),
      other.submit(`${tasks.list}/changes`, { rows, change: 'status', status: 'in_progress' }),
    ])
    for (const task of chosen) assert.lengthOf(await tasks.events(task.id), 2)
  })

  test('that have no due date cannot be shifted', async ({ assert }) => {
    const page = await change([await tasks.add()], { change: 'shift', days: '1' })
    assert.include(page.text(), 'It has no due date')
  })

  test('are shifted to no day that their form would not take', async ({ assert }) => {
    const late = await tasks.add({ dueOn: '2199-12-01' })
    const page = await change([late], { change: 'shift', days: '3650' })
    assert.include(page.text(), 'too far in the future')
    assert.equal((await tasks.freshTask(late)).lock_version, 1)
  })

  test('need something to change, with errors beside their fields', async ({ assert }) => {
    const chosen = await addMany(1)
    for (const [fields, message] of [
      [{ change: 'status' }, 'Choose a status'],
      [{ change: 'status', status: 'blocked' }, 'Enter what is holding them up'],
      [{ change: 'assignee' }, 'Choose an assignee'],
      [{ change: 'due_on', due_on: '2027-02-30' }, 'Enter a real date'],
      [{ change: 'shift', days: 'soon' }, 'Enter a whole number of days'],
      [{ change: 'priority' }, 'Choose a priority'],
    ] as const) {
      assert.include((await change(chosen, fields)).text(), message)
    }
    for (const value of ['nothing', '2027-02-30', '']) {
      for (const kind of ['status', 'assignee', 'due_on', 'priority']) {
        if (kind === 'due_on' && value === '') continue
        const rows = `${chosen[0].number}.1.${value}`
        const answer = await manager.submit(`${tasks.list}/changes`, { rows, change: kind })
        answer.assertStatus(303)
      }
    }
    assert.lengthOf(await tasks.events(chosen[0].id), 1)
  })

  test('are at most two hundred, changed by as many queries as two', async ({ assert }) => {
    const all = await addMany(201)
    const fields = { change: 'priority', priority: 'high' }
    const few = await countQueries(() => change(all.slice(0, 2), fields))
    const many = await countQueries(() => change(all.slice(0, 200), fields))
    assert.equal(many, few)
    for (const rows of [all]) {
      const page = await manager.open(formOf(rows))
      page.assertStatus(303)
      const refused = await change(rows, { change: 'priority', priority: 'low' })
      assert.notInclude(refused.text(), 'tasks changed')
    }
    const [{ high }] = await sql(
      admin(),
      `select count(*)::integer as high from tasks where project_id = ? and priority = 'high'`,
      [tasks.project.id]
    )
    assert.equal(high, 200)
  })

  test('lead back to the list if none is chosen', async ({ assert }) => {
    const page = await manager.follow(await manager.open(`${tasks.list}/changes/create`))
    assert.include(page.text(), 'Choose at least one task.')
  })

  test('of a team member are their own ones', async ({ assert, client }) => {
    const [own, other] = [await tasks.add({}, tasks.people.team), await tasks.add()]
    manager = await Walk.begin(client, tasks.people.team)
    const page = await change([own, other], { change: 'priority', priority: 'high' })
    assert.include(page.text(), 'You do not have permission to change this task')
    await change([own], { change: 'priority', priority: 'high' })
    assert.equal((await tasks.freshTask(own)).priority, 'high')
  })

  for (const { role, status, name } of casesOf({
    manager: 303,
    pmo: 303,
    sponsor: 403,
    viewer: 403,
    stranger: 404,
  })) {
    test(name, async ({ assert, client }) => {
      const task = await tasks.add()
      const walk = await Walk.begin(client, tasks.people[role])
      const fields = { rows: rowsOf([task]), change: 'priority', priority: 'high' }
      ;(await walk.submit(`${tasks.list}/changes`, fields)).assertStatus(status)
      assert.lengthOf(await tasks.events(task.id), status === 303 ? 2 : 1)
    })
  }

  test('of another organisation are not there', async ({ client }) => {
    const task = await tasks.add()
    const other = await Tasks.create()
    const walk = await Walk.begin(client, other.people.manager)
    const fields = { rows: rowsOf([task]), change: 'cancel' }
    ;(await walk.submit(`${tasks.list}/changes`, fields)).assertStatus(404)
  })

  function addMany(count: number, by: Person = tasks.people.manager) {
    const assigneeId = by.membershipId
    return tasks.world.inside(async () => {
      const all: Task[] = []
      for (let number = 1; number <= count; number++) {
        all.push(await Task.add(tasks.project, { title: `Sound basin ${number}`, assigneeId }))
      }
      return all
    }, by)
  }

  /** Changes tasks as they stand, as the page on which they were chosen does. */
  async function change(chosen: Task[], fields: Record<string, string>) {
    await manager.open(formOf(chosen))
    const versions = await sql(
      admin(),
      'select number, lock_version from tasks where project_id = ?',
      [tasks.project.id]
    )
    const known = new Map(versions.map((row) => [row.number, row.lock_version]))
    const rows = chosen.map(({ number }) => `${number}.${known.get(number)}`).join(' ')
    return manager.submitAndFollow(`${tasks.list}/changes`, { rows, ...fields })
  }

  function formOf(chosen: Task[]) {
    const query = chosen.map(({ number }) => `task=${number}`).join('&')
    return `${tasks.list}/changes/create?${query}`
  }
})

function rowsOf(chosen: Task[]) {
  return chosen.map(({ number, lockVersion }) => `${number}.${lockVersion}`).join(' ')
}

/** The fields of the form that takes a change back. */
function undoIn(page: string) {
  const form = /<form[^>]*\/changes"[\s\S]*?<\/form>/.exec(page)![0]
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)![1]
  return { change: value('change'), rows: value('rows') }
}
