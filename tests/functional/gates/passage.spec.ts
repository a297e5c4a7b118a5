import { test } from '@japa/runner'
import { Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Editing a project past its gates', (group) => {
  let table: Table
  let manager: Walk

  group.each.setup(async ({ context }) => {
    table = await Table.create()
    manager = await Walk.begin(context.client, table.people.manager)
  })

  const project = async () => (await table.rows('projects'))[0]
  const stages = async () =>
    (await table.rows('stages')).sort((one, other) => one.position - other.position)

  async function save(changes: Record<string, unknown>) {
    await manager.open(`${table.base}/edit`)
    return manager.submitAndFollow(
      table.base,
      { ...shownFields(await project()), ...changes },
      'PUT'
    )
  }

  test('is refused while one of them is undecided, with the way there', async ({ assert }) => {
    const [first, second, third] = await stages()
    for (const stage of [second, third]) {
      const page = await save({ stage_id: stage.id })
      assert.include(page.text(), `${table.project.code}-G1 Start is not decided yet`)
      assert.include(page.text(), `<a href="${table.urlAt()}">`)
    }
    assert.equal((await project()).stage_id, first.id)
  })

  test('goes as far as the gates are approved, and back', async ({ assert }) => {
    const [first, second, third] = await stages()
    await approve(table.gates[0])
    assert.equal((await project()).stage_id, second.id, 'the approval moved it on')
    await save({ stage_id: first.id })
    assert.equal((await project()).stage_id, first.id)
    await save({ stage_id: second.id })
    assert.equal((await project()).stage_id, second.id)
    const page = await save({ stage_id: third.id })
    assert.include(page.text(), `${table.project.code}-G2`)
    assert.equal((await project()).stage_id, second.id)
  })

  test('is refused by a gate that did not approve, which says so', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'rejected')
    await table.decide(review, 'rejected')
    const [, second] = await stages()
    assert.include((await save({ stage_id: second.id })).text(), 'was rejected')
  })

  test('points to the condition that keeps the next stage locked', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    await table.propose(review, { kind: 'before_stage_work' })
    await table.decide(review, 'approved_with_conditions')
    const condition = await table.condition()
    const [, second] = await stages()
    const page = await save({ stage_id: second.id })
    assert.include(page.text(), `${condition.ref} is to be met before this stage begins`)
    assert.include(page.text(), `href="${table.base}/conditions/${condition.id}"`)
  })

  test('closes a project only once every gate is approved; cancelling is free', async ({
    assert,
  }) => {
    await save({ status: 'closing' })
    const page = await save({ status: 'closed' })
    assert.include(page.text(), 'You can close a project only when its gates are approved')
    assert.equal((await project()).status, 'closing')
    for (const gate of table.gates) await approve(gate)
    await save({ status: 'closed' })
    assert.equal((await project()).status, 'closed')
    const other = await Table.create()
    const walk = await Walk.begin(manager.client, other.people.manager)
    await walk.open(`${other.base}/edit`)
    const [row] = await other.rows('projects')
    await walk.submit(other.base, { ...shownFields(row), status: 'cancelled' }, 'PUT')
    assert.equal((await other.rows('projects'))[0].status, 'cancelled')
  })

  async function approve(gate: (typeof table.gates)[number]) {
    const review = await table.open({ chair: 'chair', one: 'decider' }, {}, gate)
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved')
  }
})

/** What the form of a project sends back as it showed it. */
function shownFields(row: Record<string, any>) {
  const names = ['code', 'name', 'visibility', 'status', 'manager_id', 'stage_id', 'lock_version']
  return Object.fromEntries(names.map((name) => [name, row[name]]))
}
