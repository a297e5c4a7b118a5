import { test } from '@japa/runner'
import { watchConditions } from '#models/condition/watch'
import GateDefaults from '#models/gate_defaults'
import { countQueries } from '#tests/support/query_count'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Conditions of an approval', (group) => {
  let table: Table
  let manager: Walk
  let pmo: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    manager = await Walk.begin(context.client, table.people.manager)
    pmo = await Walk.begin(context.client, table.people.pmo)
  })

  async function imposed(more: Parameters<Table['propose']>[1] = {}) {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    await table.propose(review, more)
    await table.decide(review, 'approved_with_conditions')
    const condition = await table.condition()
    return { condition, url: `${table.base}/conditions/${condition.id}` }
  }
  const row = async () => (await table.rows('gate_conditions'))[0]
  const becomesDue = (days: number) =>
    table.quietly('update gate_conditions set due_on = ? where project_id = ?', [
      inDays(days),
      table.project.id,
    ])
  const task = async () =>
    (await table.rows('tasks')).find(({ source_kind: kind }) => kind === 'gate_condition')!

  test('becomes a task of its owner, and both share their status', async ({ assert }) => {
    const { condition, url } = await imposed()
    assert.include(await task(), {
      status: 'todo',
      assignee_id: table.people.manager.membershipId,
    })
    await manager.open(url)
    const taskUrl = `${table.base}/tasks/${(await task()).id}`
    await manager.submit(`${taskUrl}/status`, { status: 'done', lock_version: 1 }, 'PUT')
    assert.equal((await task()).status, 'todo', 'a led task is not done by itself')
    const led = await task()
    const moved = await manager.submitAndFollow(
      taskUrl,
      {
        title: led.title,
        priority: led.priority,
        assignee: led.assignee_id,
        due_on: inDays(60),
        lock_version: 1,
      },
      'PUT'
    )
    assert.include(moved.text(), 'Change the owner or date there')
    await manager.open(url)
    await manager.submit(`${url}/claim`, { claim: 'Permit no. 7', lock_version: 1 })
    assert.equal((await row()).state, 'claimed')
    assert.equal((await task()).status, 'done')
    await pmo.open(url)
    const back = await pmo.submitAndFollow(
      `${url}/verification`,
      { answer: 'It is not signed', lock_version: 2 },
      'DELETE'
    )
    assert.include(back.text(), 'It is not signed')
    assert.equal((await task()).status, 'in_progress')
    await manager.submit(`${url}/claim`, { claim: 'Signed now', lock_version: 3 })
    assert.include(await row(), { claim: 'Signed now', answer: null, answered_by: null })
    const page = await pmo.submitAndFollow(`${url}/verification`, { lock_version: 4 })
    assert.include(page.text(), 'was verified')
    assert.equal((await row()).state, 'verified')
    assert.equal((await task()).status, 'done')
    const told = (await table.rows('notifications')).filter(
      ({ title }) => title.includes(condition.ref) && title.includes('was verified by')
    )
    assert.deepEqual(
      told.map((notice) => notice.membership_id),
      [table.people.manager.membershipId]
    )
  })

  test('offers and accepts only kinds that mean something after this gate', async ({
    assert,
    client,
  }) => {
    const last = table.gates.at(-1)!
    const offered = (text: string) =>
      [...text.matchAll(/<option value="((?:before|by)_\w+)"/g)].map(([, kind]) => kind)
    const propose = async (gate: typeof last) => {
      const url = table.urlOfReview(await table.open({ chair: 'chair', one: 'decider' }, {}, gate))
      const chair = await Walk.begin(client, table.sitting.chair)
      const page = await chair.open(url)
      const ownerId = table.people.manager.membershipId
      const fields = { text: 'Permit', owner_id: ownerId, due_on: inDays(9) }
      const kind = 'before_next_gate'
      const answer = await chair.submitAndFollow(`${url}/proposals`, { ...fields, kind })
      return { kinds: offered(page.text()), answer }
    }
    const first = await propose(table.gate)
    assert.deepEqual(first.kinds, ['before_next_gate', 'before_stage_work', 'by_date'])
    assert.include(first.answer.text(), 'The condition was proposed.')
    await table.quietly(`update gates set status = 'decided' where project_id = ? and id <> ?`, [
      table.project.id,
      last.id,
    ])
    const end = await propose(last)
    assert.notInclude(end.kinds, 'before_next_gate')
    assert.include(end.kinds, 'by_date')
    assert.include(end.answer.text(), 'This gate has no next stage or gate')
    assert.include(end.answer.text(), '>Permit</textarea>', 'what was typed stays')
    assert.lengthOf(await table.rows('gate_condition_proposals'), 1)
  })

  test('sent back without a word, says so in that form alone, and leads to it', async ({
    assert,
    client,
  }) => {
    const { condition, url } = await imposed()
    await table.claim(condition)
    const chair = await Walk.begin(client, table.sitting.chair)
    await chair.open(url)
    const typed = { answer: '', lock_version: 2, _form: 'send_back' }
    const html = (await chair.submitAndFollow(`${url}/verification`, typed, 'DELETE')).text()
    assert.include(html, 'href="#send_back-answer"')
    assert.include(html, 'id="send_back-answer-error"')
    for (const other of ['verify', 'waive']) {
      assert.include(html, `id="${other}-answer"`)
      assert.notInclude(html, `id="${other}-answer-error"`)
    }
    assert.equal((await row()).state, 'claimed')
  })

  test('sent back after its owner left is told to the PMO, and waits in their work', async ({
    assert,
    client,
  }) => {
    const { condition, url } = await imposed({ ownerId: table.people.team.membershipId })
    const work = async () => (await client.get('/work').as(table.people.pmo)).text()
    const told = async () =>
      (await table.rows('notifications')).filter(({ title }) => title.includes('sent back'))
    assert.notInclude(await work(), url)
    const team = await Walk.begin(client, table.people.team)
    await team.open(url)
    await team.submit(`${url}/claim`, { claim: 'Permit no. 7', lock_version: 1 })
    await team.submit('/departure', {})
    await pmo.open(url)
    await pmo.submit(`${url}/verification`, { answer: ' ', lock_version: 2 }, 'DELETE')
    assert.isEmpty(await told())
    const chair = await Walk.begin(client, table.sitting.chair)
    await chair.open(url)
    const answer = { answer: 'The annex is missing', lock_version: 2 }
    await chair.submit(`${url}/verification`, answer, 'DELETE')
    const [notice, ...others] = await told()
    assert.isEmpty(others)
    assert.equal(notice.membership_id, table.people.pmo.membershipId)
    assert.include(notice.title, `${condition.ref} was sent back and needs a new owner`)
    assert.include(await work(), url)
    assert.include(await work(), 'Condition without an owner')
    assert.notInclude((await client.get('/work').as(table.people.manager)).text(), url)
    await pmo.open(url)
    const owner = { owner_id: table.people.manager.membershipId, lock_version: 3 }
    await pmo.submit(`${url}/owner`, owner, 'PUT')
    assert.notInclude(await work(), url)
  })

  test('is verified by chair or PMO, never by its owner or the manager', async ({
    assert,
    client,
  }) => {
    const { condition, url } = await imposed()
    await table.claim(condition)
    await table.allow(table.people.manager)
    for (const [person, status] of [
      [table.people.manager, 403],
      [table.sitting.one, 403],
      [table.people.team, 403],
      [table.people.stranger, 404],
    ] as const) {
      const answer = await client.post(`${url}/verification`).as(person).form({ lock_version: 2 })
      answer.assertStatus(status)
    }
    const waiver = await client
      .post(`${url}/waiver`)
      .as(table.sitting.one)
      .form({ answer: 'Why not', lock_version: 2 })
    waiver.assertStatus(403)
    assert.equal((await row()).state, 'claimed')
    await client.post(`${url}/verification`).as(table.sitting.chair).form({ lock_version: 2 })
    assert.equal((await row()).state, 'verified')
  })

  test('locks the next stage until it is met, and the project edit says why', async ({
    assert,
  }) => {
    const { condition, url } = await imposed({ kind: 'before_stage_work' })
    const home = (await manager.open(table.base)).text()
    for (const words of ['Open conditions', condition.ref, 'Before the stage begins, open, due']) {
      assert.include(home, words)
    }
    const stages = (await table.rows('stages')).sort((a, b) => a.position - b.position)
    const [before] = await table.rows('projects')
    assert.equal(before.stage_id, stages[0].id, 'the approval alone does not open the stage')
    await manager.open(`${table.base}/edit`)
    const refused = await manager.submitAndFollow(
      table.base,
      {
        code: before.code,
        name: before.name,
        visibility: before.visibility,
        status: before.status,
        manager_id: before.manager_id,
        stage_id: stages[1].id,
        lock_version: before.lock_version,
      },
      'PUT'
    )
    assert.include(refused.text(), `${condition.ref} is to be met before this stage begins`)
    await table.claim(condition)
    await pmo.open(url)
    await pmo.submit(`${url}/verification`, { lock_version: 2 })
    const [after] = await table.rows('projects')
    assert.equal(after.stage_id, stages[1].id)
    assert.notInclude((await manager.open(table.base)).text(), 'Open conditions')
  })

  test('keeps the stage behind its gate locked while it is claimed, and none before that', async ({
    assert,
  }) => {
    const [first, second, third] = (await table.rows('stages')).sort(
      (one, other) => one.position - other.position
    )
    const [one, two] = table.gates
    const approve = async (gate: typeof one, more: object | null) => {
      const review = await table.open({ chair: 'chair', one: 'decider' }, {}, gate)
      await table.vote(review, 'one', 'approved')
      if (more) await table.propose(review, more)
      await table.decide(review, more ? 'approved_with_conditions' : 'approved')
    }
    await approve(one, null)
    await approve(two, { kind: 'before_stage_work' })
    const condition = await table.condition()
    await table.claim(condition)
    const goTo = async (stage: typeof first) => {
      const [present] = await table.rows('projects')
      const names = ['code', 'name', 'visibility', 'status', 'manager_id', 'lock_version']
      const fields = Object.fromEntries(names.map((name) => [name, present[name]]))
      await manager.open(`${table.base}/edit`)
      const page = await manager.submitAndFollow(
        table.base,
        { ...fields, stage_id: stage.id },
        'PUT'
      )
      const [after] = await table.rows('projects')
      return { stage: after.stage_id, text: page.text() }
    }
    assert.equal((await goTo(first)).stage, first.id)
    assert.equal((await goTo(second)).stage, second.id, 'the gate of this stage locks it not')
    const refused = await goTo(third)
    assert.equal(refused.stage, second.id)
    assert.include(refused.text, `${condition.ref} is to be met before this stage begins`)
  })

  test('lapses the approval when overdue, with one notice, and restores it', async ({
    assert,
    client,
  }) => {
    const { url } = await imposed()
    await table.quietly('update gate_conditions set due_on = ? where id = ?', [
      inDays(-1),
      (await row()).id,
    ])
    for (const path of [table.base, table.urlAt(), url, `${table.base}/conditions`]) {
      const page = await manager.open(path)
      assert.match(page.text(), /Approval lapsed|approval has lapsed/, path)
    }
    await table.allow(table.sitting.chair)
    await table.quietly('update projects set sponsor_id = ? where id = ?', [
      table.people.team.membershipId,
      table.project.id,
    ])
    await table.world.inside(watchConditions)
    await table.world.inside(watchConditions)
    const told = (await table.rows('notifications')).filter(
      ({ kind }) => kind === 'approval_lapsed'
    )
    const people = told.map(({ membership_id: id }) => id)
    assert.lengthOf(people, new Set(people).size)
    assert.includeMembers(people, [
      table.people.manager.membershipId,
      table.people.pmo.membershipId,
      table.sitting.chair.membershipId,
      table.people.team.membershipId,
    ])
    const chair = await Walk.begin(client, table.sitting.chair)
    await chair.open(url)
    await chair.submit(`${url}/waiver`, { answer: 'The law changed', lock_version: 1 })
    for (const path of [table.base, table.urlAt(), url]) {
      assert.notMatch((await manager.open(path)).text(), /Approval lapsed|approval has lapsed/)
    }
    assert.equal((await task()).status, 'cancelled')
  })

  test('is found lapsed with as many queries for many gates as for one', async ({ assert }) => {
    const lapse = async (of: Table) => {
      const review = await of.open({ chair: 'chair', one: 'decider' })
      await of.vote(review, 'one', 'approved')
      await of.propose(review, {})
      await of.decide(review, 'approved_with_conditions')
      await of.quietly('update gate_conditions set due_on = ? where project_id = ?', [
        inDays(-1),
        of.project.id,
      ])
    }
    const watch = async () => {
      await table.world.inside(watchConditions)
      return countQueries(() => table.world.inside(watchConditions))
    }
    await lapse(table)
    const one = await watch()
    for (let more = 0; more < 2; more++) await lapse(await Table.in(table.world))
    assert.equal(await watch(), one)
  })

  test('reminds its owner once from the days on that the organisation chose, while it is open', async ({
    assert,
  }) => {
    const days = await table.world.inside(async () => (await GateDefaults.current()).reminderDays)
    const { condition } = await imposed({ dueOn: inDays(days + 1) })
    const told = async () => {
      await table.world.inside(watchConditions)
      const rows = await table.rows('notifications')
      return rows
        .filter(({ key }) => key.startsWith('condition-due:'))
        .map(({ membership_id: id }) => id)
    }
    const { manager: owner, team } = table.people
    assert.deepEqual(await told(), [])
    await becomesDue(days)
    await table.claim(condition)
    assert.deepEqual(await told(), [], 'it waits for its verifier')
    await pmo.open(`${table.base}/conditions/${condition.id}`)
    await pmo.submit(
      `${table.base}/conditions/${condition.id}/verification`,
      { answer: 'It is not signed', lock_version: 2 },
      'DELETE'
    )
    for (let turn = 0; turn < 2; turn++) assert.deepEqual(await told(), [owner.membershipId])
    const returned = (await table.rows('notifications')).filter(({ title }) =>
      title.includes('was sent back to you')
    )
    assert.deepEqual(
      returned.map(({ membership_id: id, detail }) => [id, detail]),
      [[owner.membershipId, 'It is not signed']]
    )
    await pmo.submit(
      `${table.base}/conditions/${condition.id}/owner`,
      { owner_id: team.membershipId, lock_version: 3 },
      'PUT'
    )
    await becomesDue(0)
    assert.deepEqual(await told(), [owner.membershipId, team.membershipId], 'on its day still due')
  })

  test('restores the approval with the last that is overdue, not before', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    for (const text of ['Permit', 'Budget', 'Staff']) await table.propose(review, { text })
    await table.decide(review, 'approved_with_conditions')
    const restored = async () =>
      (await table.rows('notifications')).filter(({ title }) => title.includes('was restored'))
    const waive = async (text: string) => {
      const { id } = (await table.rows('gate_conditions')).find((one) => one.text === text)!
      const chair = await Walk.begin(manager.client, table.sitting.chair)
      const url = `${table.base}/conditions/${id}`
      await chair.open(url)
      await chair.submit(`${url}/waiver`, { answer: 'The law changed', lock_version: 1 })
    }
    await table.quietly(
      `update gate_conditions set due_on = ? where project_id = ? and text <> ?`,
      [inDays(-1), table.project.id, 'Staff']
    )
    await waive('Permit')
    assert.isEmpty(await restored())
    await waive('Budget')
    const count = (await restored()).length
    assert.isAbove(count, 0)
    await waive('Staff')
    assert.lengthOf(await restored(), count)
  })

  test('notifies nobody in a project that is over, until that is taken up again', async ({
    assert,
  }) => {
    await imposed({ dueOn: inDays(1) })
    const becomes = (status: string) =>
      table.quietly('update projects set status = ? where id = ?', [status, table.project.id])
    const told = async () => {
      await table.world.inside(watchConditions)
      const rows = await table.rows('notifications')
      return rows.filter(({ key }) => /^(condition-due|approval-lapsed)/.test(key)).length
    }
    for (const status of ['cancelled', 'closed']) {
      await becomes(status)
      assert.equal(await told(), 0, status)
    }
    await becomes('active')
    assert.equal(await told(), 1, 'its owner')
    await becomes('closed')
    await becomesDue(-1)
    assert.equal(await told(), 1)
    await becomes('active')
    assert.isAbove(await told(), 1)
  })

  test('blocks the next gate until it is settled; one with a date, once that has passed', async ({
    assert,
  }) => {
    await imposed({ kind: 'before_next_gate', dueOn: inDays(40) })
    await table.seat({ chair: 'chair', one: 'decider' }, {}, table.gates[1])
    await table.ready(table.gates[1])
    const set = (column: string, value: string) =>
      table.quietly(`update gate_conditions set ${column} = ? where organisation_id = ?`, [
        value,
        table.world.organisationId,
      ])
    const blocker = async () => {
      const form = await manager.open(`${table.urlAt(table.gates[1])}/reviews/create`)
      return /An? (overdue )?condition of an earlier approval/.exec(form.text())?.[0]
    }
    for (const kind of ['before_next_gate', 'before_stage_work']) {
      await set('kind', kind)
      assert.equal(await blocker(), 'A condition of an earlier approval', kind)
    }
    await set('kind', 'by_date')
    assert.isUndefined(await blocker())
    await set('due_on', inDays(-1))
    assert.equal(await blocker(), 'An overdue condition of an earlier approval')
    await table.quietly(
      `update gate_conditions set state = 'waived', answer = 'x', answered_by = owner_id, answered_on = now()
         where organisation_id = ?`,
      [table.world.organisationId]
    )
    assert.isUndefined(await blocker())
  })

  test('is handed over to another owner, who is told, and the task goes along', async ({
    assert,
  }) => {
    const { condition, url } = await imposed()
    const { membershipId: heir } = table.people.team
    await pmo.open(url)
    const page = await pmo.submitAndFollow(
      `${url}/owner`,
      { owner_id: heir, lock_version: 1 },
      'PUT'
    )
    assert.include(page.text(), 'has a new owner')
    assert.equal((await row()).owner_id, heir)
    assert.equal((await task()).assignee_id, heir)
    const told = (await table.rows('notifications'))
      .filter(({ title }) => title.includes(condition.ref))
      .map(({ membership_id: id, title }) => [id, title.replace(condition.ref, '').trim()])
    assert.includeDeepMembers(
      told.map(([id]) => [id]),
      [[heir], [table.people.manager.membershipId]]
    )
    assert.match(told.find(([id]) => id === heir)![1], /^You now own\s+, due on \d/)
    const events = await table.facts(condition.id)
    assert.equal(events.at(-1)!.action, 'gate_condition.handed_over')
    const { membershipId: decider } = table.sitting.one
    const chair = await Walk.begin(pmo.client, table.sitting.chair)
    await chair.open(url)
    await chair.submit(`${url}/owner`, { owner_id: decider, lock_version: 2 }, 'PUT')
    assert.equal((await row()).owner_id, decider, 'deciders work on the project as well')
  })

  test('is handed over only while open, to someone eligible, by chair or PMO', async ({
    assert,
    client,
  }) => {
    const { condition, url } = await imposed()
    const heir = { owner_id: table.people.team.membershipId, lock_version: 1 }
    for (const [person, status] of [
      [table.people.manager, 403],
      [table.sitting.one, 403],
      [table.people.stranger, 404],
    ] as const) {
      const answer = await client.post(`${url}/owner?_method=PUT`).as(person).form(heir)
      answer.assertStatus(status)
    }
    const give = async (fields: object) => {
      await pmo.open(url)
      return (await pmo.submitAndFollow(`${url}/owner`, { ...heir, ...fields }, 'PUT')).text()
    }
    assert.include(
      await give({ owner_id: table.people.stranger.membershipId }),
      'Choose someone who works on this project'
    )
    assert.include(
      await give({ owner_id: table.people.manager.membershipId }),
      'This person is already the owner'
    )
    await table.quietly(`update memberships set status = 'left' where id = ?`, [heir.owner_id])
    assert.include(await give({}), 'Choose someone who works on this project')
    await table.claim(condition)
    assert.include(await give({ lock_version: 2 }), 'Only an open condition can change owner')
    assert.equal((await row()).owner_id, table.people.manager.membershipId)
  })
})
