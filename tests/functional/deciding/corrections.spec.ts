import { test } from '@japa/runner'
import { Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Putting a decision right', (group) => {
  let table: Table
  let chair: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    await table.decider('chair')
    chair = await Walk.begin(context.client, table.sitting.chair)
  })

  test('adds a record beside the first, for a reason, and both are shown', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    const decided = await table.decide(review, 'approved', { rationale: 'First minutes' })
    const url = table.urlOfReview(review)
    await chair.open(`${url}/correction/create`)
    const bare = await chair.submitAndFollow(`${url}/correction`, {
      outcome: 'rejected',
      rationale: 'x',
      supersedes_id: decided.id,
    })
    assert.include(bare.text(), 'Enter a reason')
    const page = await chair.submitAndFollow(`${url}/correction`, {
      outcome: 'rejected',
      rationale: 'Second minutes',
      reason: 'The wrong box was ticked',
      supersedes_id: decided.id,
    })
    assert.include(page.text(), 'First minutes')
    assert.include(page.text(), 'Second minutes')
    assert.include(page.text(), 'The wrong box was ticked')
    const decisions = await table.rows('gate_decisions')
    assert.lengthOf(decisions, 2)
    const second = decisions.find(({ supersedes_id: id }) => id !== null)!
    const first = decisions.find(({ supersedes_id: id }) => id === null)!
    assert.equal(second.supersedes_id, first.id)
    assert.equal(JSON.parse(second.record).supersedes.record_sha256, first.record_sha256)
    const [gate, next] = await table.rows('gates')
    assert.isNull(gate.actual_on)
    assert.equal(next.status, 'planned')
  })

  test('is bound by the votes, and refused to others', async ({ assert, client }) => {
    const review = await table.open(
      { chair: 'chair', one: 'decider' },
      { decisionRule: 'majority', quorum: 2 }
    )
    await table.vote(review, 'one', 'approved')
    await table.vote(review, 'chair', 'approved')
    const { id } = await table.decide(review, 'approved')
    const url = table.urlOfReview(review)
    await chair.open(`${url}/correction/create`)
    const fields = { outcome: 'rejected', rationale: 'No', reason: 'Because', supersedes_id: id }
    const page = await chair.submitAndFollow(`${url}/correction`, fields)
    assert.include(page.text(), 'did not allow this outcome')
    for (const [person, status] of [
      [table.sitting.one, 403],
      [table.people.manager, 403],
      [table.people.stranger, 404],
    ] as const) {
      const answer = await client.post(`${url}/correction`).as(person).form(fields)
      answer.assertStatus(status)
    }
    assert.lengthOf(await table.rows('gate_decisions'), 1)
  })

  test('leads back to the round while nothing was decided', async ({ assert }) => {
    const url = table.urlOfReview(await table.open({ chair: 'chair', one: 'decider' }))
    const answer = await chair.open(`${url}/correction/create`)
    assert.equal(answer.header('location'), url)
  })
})
