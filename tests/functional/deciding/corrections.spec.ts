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

  test('fall with an outcome that has none, and the lapse heals', async ({ assert }) => {
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

  test('fall with a refusal, and nobody is told that the approval holds', async ({ assert }) => {
    const [condition] = await approveWith('Permit is granted')
    await lapse(condition.id)
    const page = await putRight('rejected')
    assert.notMatch(page.text(), /has lapsed/)
    assert.equal((await conditions())[0].state, 'waived')
    assert.equal(await told('was restored'), 0)
    assert.notInclude((await chair.open('/projects')).text(), 'Approval lapsed')
  })

  test('stay, are let go of and are added, as the new record says', async ({ assert }) => {
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

  test('are asked for: without any it is no approval with conditions', async ({ assert }) => {
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

  test('fall with an outcome that has none, and come back with the approval', async ({
    assert,
  }) => {
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

  test('are not put right by two who do not know of each other', async ({ assert }) => {
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

test.group('A decision that is put right after its people and its days have gone', (group) => {
  let table: Table
  let chair: Walk
  let review: GateReview

  group.each.setup(async ({ context }) => {
    table = await Table.create()
    review = await table.open(
      { chair: 'chair', one: 'decider' },
      { decisionRule: 'majority', quorum: 2 }
    )
    chair = await Walk.begin(context.client, table.sitting.chair)
  })

  async function putRight(outcome: string, more: Record<string, unknown> = {}) {
    const url = table.urlOfReview(review)
    const form = await chair.open(`${url}/correction/create`)
    return chair.submitAndFollow(`${url}/correction`, {
      outcome,
      rationale: 'M',
      reason: 'A wrong word',
      supersedes_id: form.text().match(/name="supersedes_id" value="([^"]+)"/)?.[1],
      ...more,
    })
  }

  const records = async () =>
    (await table.rows('gate_decisions'))
      .sort((one, other) => one.decided_at - other.decided_at)
      .map(({ record }) => JSON.parse(record))

  test('is bound by the votes as they were, once and again', async ({ assert }) => {
    await table.vote(review, 'chair', 'approved')
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved')
    await table.quietly(`update memberships set status = 'left' where id = ?`, [
      table.sitting.one.membershipId,
    ])
    await putRight('approved', { rationale: 'One' })
    await putRight('approved', { rationale: 'Two' })
    const all = await records()
    assert.lengthOf(all, 3)
    for (const record of all) {
      assert.deepEqual(record.possible_outcomes, ['approved'])
      assert.equal(record.present, 2)
      assert.deepEqual(
        record.seats.map(({ barred }: any) => barred),
        [null, null]
      )
      assert.deepEqual(record.votes, all[0].votes)
    }
  })

  test('was held on the day on which it fell', async ({ assert }) => {
    table = await Table.create()
    review = await table.open({ chair: 'chair', one: 'decider' })
    chair = await Walk.begin(chair.client, table.sitting.chair)
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'rejected')
    await table.quietly(
      `update gate_decisions set decided_at = decided_at - interval '9 days' where review_id = ?`,
      [review.id]
    )
    await putRight('approved')
    const [gate] = await table.rows('gates')
    assert.equal(String(gate.actual_on), inDays(-9))
  })

  test('sends back no longer what it was not to name', async ({ assert }) => {
    table = await Table.create()
    await table.seat({ chair: 'chair', one: 'decider' })
    await table.ready()
    const [met, waived, other] = await table.criteria()
    await table.quietly(
      `update gate_criteria set assessment = 'waived', waiver_state = 'consented', waiver_as = 'waived',
         waiver_reason = 'No land is bought', waiver_requested_at = now(), waiver_answered_at = now(),
         waiver_answered_by = ? where id = ?`,
      [table.sitting.chair.membershipId, waived.id]
    )
    review = await table.submit()
    chair = await Walk.begin(chair.client, table.sitting.chair)
    await table.vote(review, 'one', 'approved')
    const criterionIds = [met.id, waived.id, other.id]
    await table.decide(review, 'rework', { criterionIds })
    await putRight('rework', { 'criterion_ids[]': [other.id] })
    const standing = async () =>
      (await table.criteria()).map(({ assessment }) => assessment).slice(0, 3)
    assert.deepEqual(await standing(), ['met', 'waived', 'not_assessed'])
    await putRight('approved')
    assert.deepEqual(await standing(), ['met', 'waived', 'met'])
    const [, again] = await table.criteria()
    assert.include(again.$attributes, {
      waiverReason: 'No land is bought',
      waiverAnsweredBy: table.sitting.chair.membershipId,
    })
    assert.equal((await table.facts(met.id)).at(-1)!.action, 'gate_criterion.restored')
  })

  test('is offered no more once the gate is prepared again', async ({ assert }) => {
    await table.vote(review, 'chair', 'deferred')
    await table.vote(review, 'one', 'deferred')
    await table.decide(review, 'deferred', { revisitOn: inDays(9) })
    const link = `${table.urlOfReview(review)}/correction/create`
    assert.include((await chair.open(table.urlOfReview(review))).text(), link)
    await table.ready()
    assert.notInclude((await chair.open(table.urlOfReview(review))).text(), link)
  })

  test('approves no later gate whose earlier one is approved no more', async ({ assert }) => {
    await table.vote(review, 'chair', 'rejected')
    await table.vote(review, 'one', 'rejected')
    await table.decide(review, 'rejected')
    await table.quietly(`update gates set status = 'decided' where id = ?`, [table.gate.id])
    await table.quietly(`update gate_decisions set outcome = 'approved' where review_id = ?`, [
      review.id,
    ])
    const second = table.gates[1]
    const later = await table.open({ chair: 'chair', one: 'decider' }, {}, second)
    await table.quietly(`update gate_decisions set outcome = 'rejected' where review_id = ?`, [
      review.id,
    ])
    await table.vote(later, 'one', 'approved')
    const url = table.urlOfReview(later)
    await chair.open(url)
    const fields = { rationale: 'M', lock_version: 2 }
    const page = await chair.submitAndFollow(`${url}/decision`, { outcome: 'approved', ...fields })
    assert.include(page.text(), 'is rejected. Gates are approved in their order.')
    assert.lengthOf(await table.rows('gate_decisions'), 1)
    await chair.submit(`${url}/decision`, { outcome: 'rejected', ...fields })
    assert.lengthOf(await table.rows('gate_decisions'), 2)
  })

  test('keeps the approval of a later gate, whose earlier one is approved no more', async ({
    assert,
  }) => {
    await table.vote(review, 'chair', 'approved')
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved')
    const first = review
    review = await table.open({ chair: 'chair', one: 'decider' }, {}, table.gates[1])
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved')
    await table.quietly(`update gate_decisions set outcome = 'rejected' where review_id = ?`, [
      first.id,
    ])
    const page = await putRight('approved', { rationale: 'Other words' })
    assert.include(page.text(), 'was corrected')
    assert.lengthOf(await table.rows('gate_decisions'), 3)
  })
})

test.group('Conditions that were proposed', (group) => {
  let table: Table

  group.each.setup(async () => {
    table = await Table.create()
  })

  test('bind nobody who left, and from no day that is over', async ({ assert, client }) => {
    for (const spoil of [
      [
        `update gate_condition_proposals set due_on = ? where id = ?`,
        inDays(0),
        'Enter a date after today',
      ],
      [
        `update gate_condition_proposals set owner_id = ? where id = ?`,
        'stranger',
        'Choose someone who works on this project',
      ],
    ] as const) {
      table = await Table.create()
      const review = await table.open({ chair: 'chair', one: 'decider' })
      const chair = await Walk.begin(client, table.sitting.chair)
      await table.vote(review, 'one', 'approved')
      await table.propose(review)
      const [proposal] = await table.rows('gate_condition_proposals')
      const value = spoil[1] === 'stranger' ? table.people.stranger.membershipId : spoil[1]
      await table.quietly(spoil[0], [value, proposal.id])
      const url = table.urlOfReview(review)
      await chair.open(url)
      const page = await chair.submitAndFollow(`${url}/decision`, {
        outcome: 'approved_with_conditions',
        rationale: 'M',
        lock_version: 3,
      })
      assert.include(page.text(), spoil[2])
      assert.include(page.text(), 'Remove it and propose it again')
      assert.lengthOf(await table.rows('gate_decisions'), 0)
    }
  })
})
