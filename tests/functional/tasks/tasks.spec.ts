import { test } from '@japa/runner'
import Membership from '#models/membership'
import RaidItem from '#models/raid_item'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'
import { register, World } from '#tests/support/world'

test.group('Tasks: adding', (group) => {
  let tasks: Tasks
  group.setup(async () => {
    tasks = await Tasks.create()
  })

  test('every field is kept, and one event tells them', async ({ assert, client }) => {
    const manager = await Walk.begin(client, tasks.people.manager)
    const fields = {
      title: 'Survey the quay',
      description: 'First line\r\nsecond line',
      assignee: tasks.people.team.membershipId,
      priority: 'high',
      start_on: '2026-12-01',
      due_on: '2027-01-31',
    }
    const stored = await manager.submit(tasks.list, fields)
    stored.assertStatus(303)
    const id = stored.header('location')!.split('/').at(-1)!
    const row = await tasks.freshTask({ id })
    assert.containSubset(row, {
      title: 'Survey the quay',
      description: 'First line\nsecond line',
      assignee_id: tasks.people.team.membershipId,
      external_resource_id: null,
      priority: 'high',
      status: 'todo',
      source_kind: 'none',
      created_by: tasks.people.manager.membershipId,
      lock_version: 1,
    })
    const events = await tasks.events(id)
    assert.deepEqual(
      events.map(({ action }) => action),
      ['task.created']
    )
    assert.deepEqual(events[0].values.title, { after: 'Survey the quay' })
    assert.notProperty(events[0].values, 'number')
    const page = await manager.follow(stored)
    assert.include(page.text(), `${tasks.project.code}-T${row.number} was added.`)
    assert.include(page.text(), 'team person')
    assert.include(page.text(), '31 Jan 2027')
  })

  test('goes on with another for the same entry, or leads back to it', async ({
    assert,
    client,
  }) => {
    const manager = await Walk.begin(client, tasks.people.manager)
    const entry = await tasks.world.inside(() =>
      RaidItem.raise(tasks.project, { type: 'risk', nature: 'threat', title: 'Flood' })
    )
    const form = {
      title: 'Raise the wall',
      assignee: tasks.people.manager.membershipId,
      raid_item_id: entry.id,
    }
    const next = await manager.submit(tasks.list, { ...form, then: 'another' })
    assert.equal(next.header('location'), `${tasks.list}/create?raid_item_id=${entry.id}`)
    const again = (await manager.follow(next)).text()
    assert.match(again, /Open \S+-T\d+</)
    assert.match(again, /Action for <a href="[^"]+"><span class="ref">\S+-R\d+</)
    const added = await manager.submitAndFollow(tasks.list, form)
    assert.include(added.text(), `raid/${entry.id}">Back to the entry<`)
  })

  test('someone outside can be given it by those who may change any', async ({
    assert,
    client,
  }) => {
    const surveyor = await tasks.external('A pier surveyor')
    const form = { title: 'Survey', assignee: surveyor.id }
    const manager = await Walk.begin(client, tasks.people.manager)
    const offered = await manager.open(`${tasks.list}/create`)
    assert.include(offered.text(), 'A pier surveyor')
    const page = await manager.submitAndFollow(tasks.list, form)
    assert.include(page.text(), 'External')

    const team = await Walk.begin(client, tasks.people.team)
    const narrower = await team.open(`${tasks.list}/create`)
    assert.notInclude(narrower.text(), 'A pier surveyor')
    const refused = await team.submitAndFollow(tasks.list, form)
    assert.include(refused.text(), 'Choose someone who can see this project')
  })

  test('only people who may see the project are offered and taken', async ({ assert, client }) => {
    const manager = await Walk.begin(client, tasks.people.manager)
    const form = await manager.open(`${tasks.list}/create`)
    for (const role of ['manager', 'sponsor', 'team', 'viewer', 'pmo'] as const) {
      assert.include(form.text(), tasks.people[role].membershipId, role)
    }
    const foreign = await (await World.create()).person('manager')
    for (const person of [tasks.people.stranger, foreign]) {
      assert.notInclude(form.text(), person.membershipId)
      const fields = { title: 'Not theirs', assignee: person.membershipId }
      const refused = await manager.submitAndFollow(tasks.list, fields)
      assert.include(refused.text(), 'Choose someone who can see this project')
      assert.include(refused.text(), 'Not theirs')
    }
  })

  const refusals: [string, Record<string, unknown>, string][] = [
    ['no title', { title: '' }, 'Enter a title'],
    ['a long title', { title: 'x'.repeat(201) }, 'Enter a title of 200 characters or fewer'],
    ['nobody', { assignee: '' }, 'Choose an assignee'],
    ['an assignee who is no id', { assignee: 'me' }, 'Choose one of the people offered'],
    ['an unknown priority', { priority: 'soon' }, 'Choose one of the options'],
    ['a day that does not exist', { due_on: '2026-02-30' }, 'Enter a real date'],
    [
      'an end before its start',
      { start_on: '2026-03-02', due_on: '2026-03-01' },
      'Enter a due date on or after the start date',
    ],
  ]
  for (const [name, fields, message] of refusals) {
    test(`${name} is refused beside the field, and what was typed stays`, async ({
      assert,
      client,
    }) => {
      const before = await tasks.count('tasks')
      const manager = await Walk.begin(client, tasks.people.manager)
      await manager.open(`${tasks.list}/create`)
      const page = await manager.submitAndFollow(tasks.list, {
        title: 'Typed title',
        description: 'Typed description',
        assignee: tasks.people.team.membershipId,
        ...fields,
      })
      assert.include(page.text(), message)
      assert.include(page.text(), 'Typed description')
      assert.equal(await tasks.count('tasks'), before)
    })
  }

  for (const { role, status, name } of casesOf({ ...MANAGED, team: 303 })) {
    test(name, async ({ assert, client }) => {
      const before = await tasks.count('tasks')
      const walk = await Walk.begin(client, tasks.people[role])
      const answer = await walk.submit(tasks.list, {
        title: 'Paint the gate',
        assignee: tasks.people.team.membershipId,
      })
      answer.assertStatus(status)
      assert.equal(await tasks.count('tasks'), before + (status === 303 ? 1 : 0))
    })
  }

  test('fifty at once get fifty numbers without a gap', async ({ assert }) => {
    const fresh = await Tasks.create()
    const added = await Promise.all(Array.from({ length: 50 }, () => fresh.add()))
    const numbers = added.map(({ number }) => number).sort((one, other) => one - other)
    assert.deepEqual(
      numbers,
      Array.from({ length: 50 }, (_, index) => index + 1)
    )
  })
})

test.group('Tasks: editing', (group) => {
  let tasks: Tasks
  let manager: Walk
  group.each.setup(async ({ context }) => {
    tasks ??= await Tasks.create()
    manager = await Walk.begin(context.client, tasks.people.manager)
  })

  const form = (fields: Record<string, unknown> = {}) => ({
    title: 'Dredge the basin',
    assignee: tasks.people.manager.membershipId,
    priority: 'medium',
    lock_version: 1,
    ...fields,
  })

  test('a change is recorded once, with before and after', async ({ assert }) => {
    const task = await tasks.add({ dueOn: '2026-12-01' })
    const fields = form({ assignee: tasks.people.team.membershipId, due_on: '2026-12-09' })
    const page = await manager.submitAndFollow(tasks.pageOf(task), fields, 'PUT')
    assert.include(page.text(), 'was saved')
    const [, changed, ...rest] = await tasks.events(task.id)
    assert.equal(changed.action, 'task.updated')
    assert.deepEqual(changed.values, {
      assignee_id: {
        before: tasks.people.manager.membershipId,
        after: tasks.people.team.membershipId,
      },
      due_on: { before: '2026-12-01', after: '2026-12-09' },
    })
    assert.lengthOf(rest, 0)
  })

  test('saving it unchanged is no change', async ({ assert }) => {
    const task = await tasks.add()
    await manager.submit(tasks.pageOf(task), form(), 'PUT')
    assert.lengthOf(await tasks.events(task.id), 1)
    assert.equal((await tasks.freshTask(task)).lock_version, 1)
  })

  test('an older form shows both versions and loses nothing', async ({ assert }) => {
    const task = await tasks.add()
    const opened = await manager.open(`${tasks.pageOf(task)}/edit`)
    const base = opened
      .text()
      .match(/name="base" value="([^"]+)"/)![1]
      .replaceAll('&quot;', '"')
    const pmo = await Walk.begin((manager as any).client, tasks.people.pmo)
    await pmo.submit(tasks.pageOf(task), form({ assignee: tasks.people.team.membershipId }), 'PUT')
    const stale = await manager.submit(
      tasks.pageOf(task),
      form({ title: 'Dredge it twice', base }),
      'PUT'
    )
    stale.assertStatus(409)
    assert.include(stale.text(), 'Someone else changed this too')
    assert.include(stale.text(), 'Dredge it twice')
    assert.include(stale.text(), 'team person')
    const settled = await manager.submit(
      tasks.pageOf(task),
      form({ title: 'Dredge it twice', assignee: tasks.people.team.membershipId, lock_version: 2 }),
      'PUT'
    )
    settled.assertStatus(303)
    const row = await tasks.freshTask(task)
    assert.deepEqual(
      [row.title, row.assignee_id, row.lock_version],
      ['Dredge it twice', tasks.people.team.membershipId, 3]
    )
  })

  test('an assignee who left stays chosen until another is', async ({ assert }) => {
    const gone = await tasks.world.join(await register('gone'))
    const task = await tasks.add({ assigneeId: gone.membershipId })
    await tasks.world.inside(async () => {
      await (await Membership.findOrFail(gone.membershipId)).merge({ status: 'left' }).save()
    })
    const opened = await manager.open(`${tasks.pageOf(task)}/edit`)
    assert.include(opened.text(), `value="${gone.membershipId}" selected`)
    const fields = form({ title: 'Renamed', assignee: gone.membershipId })
    await manager.submit(tasks.pageOf(task), fields, 'PUT')
    assert.containSubset(await tasks.freshTask(task), {
      title: 'Renamed',
      assignee_id: gone.membershipId,
    })
  })

  test('what a file called the assignee is forgotten when someone is chosen', async ({
    assert,
  }) => {
    const task = await tasks.add({ assigneeLabel: 'The harbour master' })
    await manager.submit(tasks.pageOf(task), form({ title: 'Renamed' }), 'PUT')
    assert.equal((await tasks.freshTask(task)).assignee_label, 'The harbour master')
    const fields = form({ assignee: tasks.people.team.membershipId, lock_version: 2 })
    await manager.submit(tasks.pageOf(task), fields, 'PUT')
    assert.isNull((await tasks.freshTask(task)).assignee_label)
  })

  test('its status is not among what a form may set', async ({ assert }) => {
    const task = await tasks.add()
    await manager.submit(
      tasks.pageOf(task),
      form({ status: 'done', number: 99, source_kind: 'report' }),
      'PUT'
    )
    assert.containSubset(await tasks.freshTask(task), { status: 'todo', source_kind: 'none' })
  })

  test('a team member changes what they have or added, and nothing else', async ({
    assert,
    client,
  }) => {
    const { team } = tasks.people
    const walk = await Walk.begin(client, team)
    const given = await tasks.add({ assigneeId: team.membershipId })
    const added = await tasks.add({}, team)
    const other = await tasks.add()
    for (const [task, status] of [
      [given, 303],
      [added, 303],
      [other, 403],
    ] as const) {
      const answer = await walk.submit(tasks.pageOf(task), form({ title: 'Renamed' }), 'PUT')
      answer.assertStatus(status)
      assert.equal((await tasks.freshTask(task)).lock_version, status === 303 ? 2 : 1)
    }
    const page = await walk.open(tasks.pageOf(other))
    page.assertStatus(200)
    assert.notInclude(page.text(), `${tasks.pageOf(other)}/edit`)
  })

  for (const { role, status, name } of casesOf(MANAGED, "change another's")) {
    test(name, async ({ assert, client }) => {
      const task = await tasks.add()
      const walk = await Walk.begin(client, tasks.people[role])
      const answer = await walk.submit(tasks.pageOf(task), form({ title: 'Renamed' }), 'PUT')
      answer.assertStatus(status)
      assert.lengthOf(await tasks.events(task.id), status === 303 ? 2 : 1)
    })
  }

  test('a task of another project does not exist here', async () => {
    const task = await tasks.add()
    const other = await tasks.world.project()
    const page = await manager.open(`/projects/${other.id}/tasks/${task.id}`)
    page.assertStatus(404)
  })
})
