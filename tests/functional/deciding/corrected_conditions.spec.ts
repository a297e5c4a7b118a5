import { test } from '@japa/runner'
import type GateReview from '#models/gate_review'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Conditions of a decision that is put right', (group) => {
  let table: Table
  let chair: Walk
  let review: GateReview

  group.each.setup(async ({ context }) => {
    table = await Table.create()
    review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    chair = await Walk.begin(context.client, table.sitting.chair)
  })

  async function approveWith(...texts: string[]) {
    for (const text of texts) await table.propose(review, { text })
    await table.decide(review, 'approved_with_conditions')
    return conditions()
  }

  const conditions = async () =>
    (await table.rows('gate_conditions')).sort((one, other) => one.number - other.number)

  async function putRight(outcome: string, more: Record<string, unknown> = {}) {
    const url = table.urlOfReview(review)
    const form = await chair.open(`${url}/correction/create`)
    const fields = {
      outcome,
      rationale: 'M',
      reason: 'The wrong list was read out',
      supersedes_id: form.text().match(/name="supersedes_id" value="([^"]+)"/)?.[1],
    }
    return chair.submitAndFollow(`${url}/correction`, { ...fields, ...more })
  }

  async function lapse(id: string) {
    await table.quietly('update gate_conditions set due_on = ? where id = ?', [inDays(-1), id])
  }

  const record = async () => {
    const decisions = await table.rows('gate_decisions')
    return JSON.parse(decisions.find(({ supersedes_id: id }) => id !== null)!.record)
  }
  const told = async (text: string) =>
    (await table.rows('notifications')).filter(({ title }) => title.includes(text)).length

  test('end with an outcome that has none, and so does the lapse', async ({ assert }) => {
    const [condition] = await approveWith('Permit is granted')
    await lapse(condition.id)
    const page = await putRight('approved')
    assert.notMatch(page.text(), /has lapsed/)
    const [after] = await conditions()
    assert.equal(after.state, 'waived')
    assert.include(after.answer, 'The wrong list was read out')
    const [task] = await table.rows('tasks')
    assert.equal(task.status, 'cancelled')
    assert.deepEqual((await record()).supersedes.conditions_let_go, [condition.id])
    assert.deepEqual((await record()).conditions, [])
    assert.isAbove(await told('was restored'), 0)
  })

  test('end with a rejection, and nobody is told that the approval holds', async ({ assert }) => {
    const [condition] = await approveWith('Permit is granted')
    await lapse(condition.id)
    const page = await putRight('rejected')
    assert.notMatch(page.text(), /has lapsed/)
    assert.equal((await conditions())[0].state, 'waived')
    assert.equal(await told('was restored'), 0)
    assert.notInclude((await chair.open('/projects')).text(), 'Approval lapsed')
  })

  test('are kept, dropped and added, as the new record says', async ({ assert }) => {
    const [kept, dropped, verified] = await approveWith('One', 'Two', 'Three')
    await table.quietly(
      `update gate_conditions set state = 'verified', claim = 'x', claimed_by = owner_id,
         claimed_on = now(), answered_by = owner_id, answered_on = now() where id = ?`,
      [verified.id]
    )
    const page = await putRight('approved_with_conditions', {
      'dropped_ids[]': [dropped.id],
      'text': 'Two, as it was meant',
      'owner_id': kept.owner_id,
      'kind': 'before_next_gate',
      'due_on': inDays(20),
    })
    assert.include(page.text(), 'Two, as it was meant')
    const after = await conditions()
    assert.deepEqual(
      after.map(({ state }) => state),
      ['open', 'waived', 'verified', 'open']
    )
    const { conditions: sealed, supersedes } = await record()
    assert.deepEqual(
      sealed.map(({ text }: { text: string }) => text),
      ['One', 'Three', 'Two, as it was meant']
    )
    assert.deepEqual(supersedes.conditions_let_go, [dropped.id])
    const tasks = await table.rows('tasks')
    assert.equal(tasks.find((task) => task.gate_condition_id === after[3].id)!.status, 'todo')
    assert.equal(tasks.find((task) => task.gate_condition_id === dropped.id)!.status, 'cancelled')
  })

  test('are required for an approval with conditions', async ({ assert }) => {
    const [only] = await approveWith('One')
    const page = await putRight('approved_with_conditions', { 'dropped_ids[]': [only.id] })
    assert.include(page.text(), 'Add at least one condition')
    assert.lengthOf(await table.rows('gate_decisions'), 1)
    assert.equal((await conditions())[0].state, 'open')
  })

  test('come with an approval that should have had them', async ({ assert }) => {
    await table.decide(review, 'approved')
    const bare = await putRight('approved_with_conditions')
    assert.include(bare.text(), 'Add at least one condition')
    const fields = { text: 'Permit', kind: 'by_date', due_on: inDays(9) }
    const nobody = await putRight('approved_with_conditions', fields)
    assert.include(nobody.text(), 'Choose an owner')
    assert.include(nobody.text(), '>Permit</textarea>', 'what was typed stays')
    const stranger = table.people.stranger.membershipId
    const outsider = await putRight('approved_with_conditions', { ...fields, owner_id: stranger })
    assert.include(outsider.text(), 'Choose someone who works on this project')
    const owner = { owner_id: table.people.manager.membershipId }
    const late = { ...fields, ...owner, due_on: inDays(0) }
    assert.include((await putRight('approved_with_conditions', late)).text(), 'after today')
    assert.lengthOf(await conditions(), 0)
    assert.lengthOf(await table.rows('gate_decisions'), 1)
    await putRight('approved_with_conditions', { ...fields, ...owner })
    assert.lengthOf(await conditions(), 1)
    assert.lengthOf(await table.rows('tasks'), 1)
  })

  test('end with an outcome that has none, and return with the approval', async ({ assert }) => {
    await approveWith('One', 'Two', 'Three')
    const [one, two] = await conditions()
    await table.quietly(
      `update gate_conditions set state = 'verified', claim = 'x', claimed_by = owner_id,
         claimed_on = now(), answered_by = owner_id, answered_on = now() where id = ?`,
      [one.id]
    )
    await table.quietly('update gate_conditions set due_on = ? where id = ?', [inDays(-2), two.id])
    await putRight('rework', { 'criterion_ids[]': [(await table.criteria())[0].id] })
    const form = await chair.open(`${table.urlOfReview(review)}/correction/create`)
    assert.include(form.text(), 'Will take effect: Three')
    assert.include(form.text(), 'Cannot take effect as proposed: Two')
    await putRight('approved_with_conditions')
    const open = (await conditions()).filter(({ state }) => state === 'open')
    assert.deepEqual(
      open.map(({ text }) => text),
      ['Three'],
      'what was verified is not asked for again, nor what is over'
    )
  })

  test('are not corrected by two people unaware of each other', async ({ assert }) => {
    await approveWith('One')
    const url = table.urlOfReview(review)
    const form = await chair.open(`${url}/correction/create`)
    const seen = form.text().match(/name="supersedes_id" value="([^"]+)"/)![1]
    await putRight('rejected')
    const page = await putRight('approved', { supersedes_id: seen })
    assert.include(page.text(), 'corrected after you opened this form')
    assert.include(page.text(), 'The wrong list was read out</textarea>', 'what was typed stays')
    assert.lengthOf(await table.rows('gate_decisions'), 2)
  })
})
