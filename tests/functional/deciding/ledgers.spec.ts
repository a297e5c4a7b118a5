import { test } from '@japa/runner'
import { inDays, Table } from '#tests/support/table'

test.group('The conditions of one gate', (group) => {
  let table: Table

  group.each.setup(async () => {
    table = await Table.create()
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    for (const text of ['Permit', 'Budget', 'Staff']) await table.propose(review, { text })
    await table.decide(review, 'approved_with_conditions')
  })

  const ledger = (gate = table.gate) => `${table.urlAt(gate)}/conditions`

  test('have a page of their own, filtered by state', async ({ assert, client }) => {
    const permit = (await table.rows('gate_conditions')).find(({ text }) => text === 'Permit')!
    await table.claim(await table.condition())
    await table.quietly('update gate_conditions set due_on = ? where text = ?', [
      inDays(-2),
      'Budget',
    ])
    const all = await client.get(ledger()).as(table.people.viewer)
    for (const text of ['Permit', 'Budget', 'Staff', 'Approval lapsed']) {
      assert.include(all.text(), text)
    }
    const overdue = await client.get(`${ledger()}?state=overdue`).as(table.people.viewer)
    assert.include(overdue.text(), 'Budget')
    assert.notInclude(overdue.text(), 'Staff')
    const waived = await client.get(`${ledger()}?state=waived`).as(table.people.viewer)
    assert.include(waived.text(), 'No conditions in this state')
    const unknown = await client.get(`${ledger()}?state=constructor`).as(table.people.viewer)
    assert.include(unknown.text(), 'Staff')
    assert.isDefined(permit)
  })

  test('exclude those of other gates', async ({ assert, client }) => {
    const other = await client.get(ledger(table.gates[1])).as(table.people.manager)
    assert.include(other.text(), 'No conditions')
    assert.notInclude(other.text(), 'Permit')
  })

  test('are hidden from those who do not see the project', async ({ client }) => {
    const elsewhere = await Table.create()
    for (const person of [table.people.stranger, elsewhere.people.pmo]) {
      const response = await client.get(ledger()).as(person)
      response.assertStatus(404)
    }
    const mixed = await client
      .get(`${elsewhere.base}/gates/${table.gate.id}/conditions`)
      .as(elsewhere.people.pmo)
    mixed.assertStatus(404)
  })
})
