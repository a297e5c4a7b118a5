import { test } from '@japa/runner'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

const PAIR = { chair: 'chair', one: 'decider' } as const

test.group('A table that cannot decide', (group) => {
  let table: Table
  let chair: Walk

  group.each.setup(async ({ context }) => {
    table = await Table.create()
    await table.decider('chair')
    chair = await Walk.begin(context.client, table.sitting.chair)
  })

  test('loses its quorum when a decider steps aside, and says so', async ({ assert, client }) => {
    const review = await table.open(PAIR, { decisionRule: 'majority', quorum: 2 })
    const url = table.urlOfReview(review)
    const one = await Walk.begin(client, table.sitting.one)
    await one.open(url)
    await one.submit(`${url}/vote`, { vote: 'recused', comment: 'My brother builds it' }, 'PUT')
    await table.vote(review, 'chair', 'approved')
    const page = await chair.open(url)
    assert.include(page.text(), 'My brother builds it')
    assert.match(page.text(), /quorum/i)
    assert.notInclude(page.text(), `action="${url}/decision"`)
    await refused(url)
  })

  test('cannot decide without its chair, and does with the deputy', async ({ assert, client }) => {
    const review = await table.open(PAIR)
    await table.vote(review, 'one', 'approved')
    await table.vote(review, 'chair', 'recused', 'I own the land')
    const url = table.urlOfReview(review)
    await refused(url)
    assert.match((await chair.open(url)).text(), /chair/i)
    const other = await Table.create()
    const again = await other.open(PAIR)
    await other.vote(again, 'one', 'approved')
    await other.decider('deputy')
    const own = await Walk.begin(client, other.sitting.chair)
    await own.open(`${other.urlAt()}/board`)
    const days = { from_on: inDays(0), to_on: inDays(1) }
    await own.submit(`${other.base}/delegations`, {
      deputy_id: other.sitting.deputy.membershipId,
      ...days,
    })
    const deputy = await Walk.begin(client, other.sitting.deputy)
    await deputy.open(other.urlOfReview(again))
    await deputy.submit(`${other.urlOfReview(again)}/decision`, {
      outcome: 'approved',
      rationale: 'M',
      lock_version: 2,
    })
    const [decision] = await other.rows('gate_decisions')
    assert.include(decision, {
      chair_id: other.sitting.chair.membershipId,
      decided_by: other.sitting.deputy.membershipId,
    })
  })

  test('whose deciders left after submission decides nothing until another round', async ({
    assert,
  }) => {
    const review = await table.open(PAIR, { decisionRule: 'majority', quorum: 2 })
    await table.vote(review, 'one', 'approved')
    await table.vote(review, 'chair', 'approved')
    await table.quietly(`update memberships set status = 'deactivated' where id = ?`, [
      table.sitting.one.membershipId,
    ])
    const url = table.urlOfReview(review)
    assert.match((await chair.open(url)).text(), /no longer a member/)
    await refused(url)
    const pmo = await Walk.begin(chair.client, table.people.pmo)
    await pmo.open(url)
    await pmo.submit(`${url}/withdrawal`, { reason: 'Nobody is left to decide' })
    const [gate] = await table.rows('gates')
    assert.equal(gate.status, 'withdrawn')
    const blocked = await pmo.open(`${table.urlAt()}/readiness`)
    assert.include(blocked.text(), 'The quorum is 2, but only 1')
  })

  async function refused(url: string) {
    const [{ lock_version: version }] = await table.rows('gate_reviews')
    const fields = { outcome: 'approved', rationale: 'All the same', lock_version: version }
    await chair.submit(`${url}/decision`, fields)
    const decisions = await table.rows('gate_decisions')
    if (decisions.length > 0) throw new Error('A decision fell')
  }
})
