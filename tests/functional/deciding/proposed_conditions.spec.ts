import { test } from '@japa/runner'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Conditions that were proposed', (group) => {
  let table: Table

  group.each.setup(async () => {
    table = await Table.create()
  })

  test('are refused for people who have left and for dates that have passed', async ({
    assert,
    client,
  }) => {
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
