import { test } from '@japa/runner'
import Gate from '#models/gate'
import { Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('Who decides a gate', (group) => {
  let table: Table
  let pmo: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    await table.decider('chair')
    await table.decider('one')
    pmo = await Walk.begin(context.client, await table.world.person('pmo'))
    await pmo.open(`${table.urlAt()}/board`)
  })

  const id = (name: string) => table.sitting[name].membershipId
  const fields = (more: Record<string, unknown> = {}) => ({
    decision_rule: 'majority',
    quorum: 2,
    seats: { [id('chair')]: 'chair', [id('one')]: 'decider' },
    lock_version: 0,
    ...more,
  })
  const set = (more: Record<string, unknown> = {}) =>
    pmo.submitAndFollow(`${table.urlAt()}/board`, fields(more), 'PUT')

  test('is set with rule, quorum and seats, in one event', async ({ assert }) => {
    const sent = { 'is_polled': '1', 'required_ids[]': [id('one')] }
    const saved = await pmo.submit(`${table.urlAt()}/board`, fields(sent), 'PUT')
    saved.assertHeader('location', table.urlAt())
    const page = await pmo.follow(saved)
    assert.include(page.text(), 'were saved')
    const [board] = await table.rows('gate_boards')
    assert.include(board, { decision_rule: 'majority', quorum: 2, is_polled: true })
    const seats = await table.rows('gate_deciders')
    assert.sameDeepMembers(
      seats.map(({ membership_id: member, role, required }) => [member, role, required]),
      [
        [id('chair'), 'chair', false],
        [id('one'), 'decider', true],
      ]
    )
    const [told, ...rest] = await table.events(board.id)
    assert.lengthOf(rest, 0)
    assert.equal(told.action, 'gate_board.updated')
    assert.deepEqual(told.values.chair_ids, { before: [], after: [id('chair')] })
    assert.deepEqual(told.values.required_ids.after, [id('one')])
    assert.deepEqual(told.values.decision_rule, { after: 'majority' })
  })

  test('is copied to later gates on request, except where somebody is named already', async ({
    assert,
  }) => {
    const gates = await table.world.inside(() => Gate.of(table.project).exec())
    const [, second, third] = gates.map((gate) => gate.refersTo(table.project))
    await table.seat({ one: 'chair' }, { decisionRule: 'sole_decider' }, second)
    const form = (await pmo.open(`${table.urlAt()}/board`)).text()
    assert.include(form, `Use the same people for ${third.ref}`)
    const page = await set({ is_for_later: '1' })
    assert.match(page.text(), new RegExp(`The deciders of \\S+-G1 and ${third.ref} were saved`))
    const boards = await table.rows('gate_boards')
    const of = (gate: Gate) => boards.find(({ gate_id: gateId }) => gateId === gate.id)
    assert.include(of(third), { decision_rule: 'majority', quorum: 2 })
    assert.equal(of(second)!.decision_rule, 'sole_decider')
    assert.lengthOf(await table.events(of(third)!.id), 1)
    const seats = (await table.rows('gate_deciders')).filter(({ gate_id: g }) => g === third.id)
    assert.sameMembers(
      seats.map(({ membership_id: member }) => member),
      [id('chair'), id('one')]
    )
  })

  test('is not set at later gates unless it is asked', async ({ assert }) => {
    await set()
    await set({ lock_version: 1, is_for_later: '1', seats: {} })
    assert.lengthOf(await table.rows('gate_boards'), 1)
  })

  test('begins as the organisation’s defaults say', async ({ assert }) => {
    const page = await pmo.open(`${table.urlAt()}/board`)
    assert.include(page.text(), 'This gate has no deciders')
    assert.match(page.text(), /value="chair_after_advice"\s+checked/)
    assert.lengthOf(await table.rows('gate_boards'), 0)
  })

  test('is changed only from its present version', async ({ assert }) => {
    await set()
    const stale = await pmo.submit(`${table.urlAt()}/board`, fields({ quorum: 1 }), 'PUT')
    stale.assertStatus(409)
    const [board] = await table.rows('gate_boards')
    assert.equal(board.quorum, 2)
    await set({ quorum: 1, lock_version: 1 })
    const [later] = await table.rows('gate_boards')
    assert.equal(later.quorum, 1)
  })

  test('saved twice alike is recorded once', async ({ assert }) => {
    await set()
    await set({ lock_version: 1 })
    const [board] = await table.rows('gate_boards')
    assert.lengthOf(await table.events(board.id), 1)
    assert.equal(board.lock_version, 1)
  })

  test('says how others come to be named, and leads there', async ({ assert }) => {
    const members = `/projects/${table.project.id}/members">project members</a>`
    const page = (await pmo.open(`${table.urlAt()}/board`)).text()
    assert.include(page, members)
    assert.include(page, 'Ask the project’s manager, an owner or an admin to give them')
  })

  test('must fit its rule', async ({ assert }) => {
    const { membershipId: manager } = await table.world.person('manager')
    const { membershipId: team } = await table.world.person('team')
    await table.decider('two')
    const cases: [more: Record<string, unknown>, message: string][] = [
      [{ seats: { [id('one')]: 'decider' } }, 'Choose one chair'],
      [{ seats: { [id('one')]: 'chair', [id('chair')]: 'chair' } }, 'Choose one chair'],
      [{ seats: {} }, 'Choose one chair'],
      [{ seats: { [id('chair')]: 'chair' } }, 'at least one decider'],
      [{ decision_rule: 'sole_decider' }, 'everyone except the chair must be an adviser'],
      [
        { decision_rule: 'chair_after_advice', quorum: 1, seats: { [id('chair')]: 'chair' } },
        'decider or adviser as well',
      ],
      [{ quorum: 3 }, 'Only 2 of these people can vote'],
      [{ quorum: 0 }, 'Enter 1 or more'],
      [{ quorum: '1.5' }, 'Enter a whole number'],
      [{ seats: { [id('chair')]: 'chair', [manager]: 'decider' } }, 'Its manager cannot decide'],
      [
        { seats: { [id('chair')]: 'chair', [team]: 'decider' } },
        'Choose the sponsor or gate deciders',
      ],
      [{ decision_rule: 'by_dice' }, 'Choose one of the options'],
    ]
    for (const [more, message] of cases) {
      const page = await set(more)
      assert.include(page.text(), message)
      assert.lengthOf(await table.rows('gate_boards'), 0, message)
      assert.lengthOf(await table.rows('gate_deciders'), 0, message)
    }
    const page = await set({ quorum: 3, decision_rule: 'unanimous' })
    assert.match(page.text(), /value="unanimous"\s+checked/, 'what was chosen stays')
  })

  test('names nobody of another organisation', async ({ assert }) => {
    const elsewhere = await Table.create()
    const { membershipId } = await elsewhere.decider('foreign')
    const page = await set({ seats: { [id('chair')]: 'chair', [membershipId]: 'decider' } })
    assert.include(page.text(), 'Choose the sponsor or gate deciders')
    assert.lengthOf(await table.rows('gate_boards'), 0)
  })

  test('tells those who may not name the deciders whom to ask', async ({ assert, client }) => {
    const manager = await Walk.begin(client, await table.world.person('manager'))
    const page = await manager.open(`${table.urlAt()}/board`)
    const office = await table.world.person('pmo')
    assert.include(page.text().match(/ Ask ([^.]+)\./)?.[1] ?? '', office.name)
    assert.notInclude((await pmo.open(`${table.urlAt()}/board`)).text(), `Ask ${office.name}`)
  })

  test('is for owners, admins and the PMO, never for the manager', async ({ assert, client }) => {
    const send = async (person: Parameters<typeof client.get>[0] | any) =>
      client.post(`${table.urlAt()}/board?_method=PUT`).as(person).form(fields())
    for (const role of ['manager', 'sponsor', 'gate_decider', 'team', 'auditor'] as const) {
      const refused = await send(await table.world.person(role))
      refused.assertStatus(403)
    }
    const stranger = await send(await table.world.person('stranger'))
    stranger.assertStatus(404)
    const foreigner = await (await World.create()).person('owner')
    const foreign = await send(foreigner)
    foreign.assertStatus(404)
    assert.lengthOf(await table.rows('gate_boards'), 0)
    for (const role of ['viewer', 'manager'] as const) {
      const page = await client.get(`${table.urlAt()}/board`).as(await table.world.person(role))
      page.assertStatus(200)
      assert.notInclude(page.text(), 'name="quorum"')
    }
  })

  test('names those who may not decide, and why no decision would be possible', async ({
    assert,
  }) => {
    await set()
    await table.world.inside(async () => {
      const { default: Project } = await import('#models/project')
      const project = await Project.findOrFail(table.project.id)
      await project.merge({ managerId: id('chair') }).save()
    })
    const page = await pmo.open(`${table.urlAt()}/board`)
    assert.include(page.text(), 'who chairs, manages the project')
    assert.include(page.text(), 'The quorum is 2, but only 1 of these people can vote')
  })
})
