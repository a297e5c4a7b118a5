import { test } from '@japa/runner'
import type GateReview from '#models/gate_review'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

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

  test('keeps the votes as they were, more than once', async ({ assert }) => {
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

  test('keeps its original date', async ({ assert }) => {
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

  test('no longer sends back a criterion named by mistake', async ({ assert }) => {
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

  test('is no longer offered once the gate is prepared again', async ({ assert }) => {
    await table.vote(review, 'chair', 'deferred')
    await table.vote(review, 'one', 'deferred')
    await table.decide(review, 'deferred', { revisitOn: inDays(9) })
    const link = `${table.urlOfReview(review)}/correction/create`
    assert.include((await chair.open(table.urlOfReview(review))).text(), link)
    await table.ready()
    assert.notInclude((await chair.open(table.urlOfReview(review))).text(), link)
  })

  test('cannot approve a gate whose earlier one is no longer approved', async ({ assert }) => {
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

  test('keeps the approval of a later gate when an earlier one is no longer approved', async ({
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
