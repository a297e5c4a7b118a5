import { test } from '@japa/runner'
import { seatsOf } from '#models/deciding/seats'
import ProjectMember from '#models/project_member'
import { choicesOf } from '#tests/support/html'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Deputies of deciders', (group) => {
  let table: Table
  let one: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    await table.seat({ chair: 'chair', one: 'decider', two: 'decider' }, { quorum: 2 })
    await table.decider('deputy')
    one = await Walk.begin(context.client, table.sitting.one)
    await one.open(`${table.urlAt()}/board`)
  })

  const id = (name: string) => table.sitting[name].membershipId
  const name = (fields: Record<string, unknown> = {}, walk = one) =>
    walk.submitAndFollow(`${table.base}/delegations`, {
      deputy_id: id('deputy'),
      from_on: inDays(0),
      to_on: inDays(3),
      ...fields,
    })
  const holders = () =>
    table.world.inside(async () => {
      const parties = { submitterId: null, managerIds: [table.project.managerId] }
      const seats = await seatsOf(table.gate, parties)
      return Object.fromEntries(seats.map(({ memberId, holderId }) => [memberId, holderId]))
    })

  test('speak for a seat on the days given, and on no other', async ({ assert }) => {
    const page = await name()
    assert.include(page.text(), 'Your deputy was named')
    assert.equal((await holders())[id('one')], id('deputy'))
    const [row] = await table.rows('gate_delegations')
    assert.deepEqual(
      (await table.events(row.id)).map(({ action }) => action),
      ['gate_delegation.created']
    )
    for (const [from, to] of [
      [inDays(1), inDays(2)],
      [inDays(-2), inDays(-1)],
    ]) {
      await table.quietly('update gate_delegations set from_on = ?, to_on = ? where id = ?', [
        from,
        to,
        row.id,
      ])
      assert.equal((await holders())[id('one')], id('one'), `${from} to ${to}`)
    }
  })

  test('end when the decider says so', async ({ assert }) => {
    await name()
    const [row] = await table.rows('gate_delegations')
    const two = await Walk.begin((one as any).client, table.sitting.two)
    const foreign = await two.submit(`${table.base}/delegations/${row.id}`, {}, 'DELETE')
    foreign.assertStatus(404)
    assert.equal((await holders())[id('one')], id('deputy'))
    const page = await one.submitAndFollow(`${table.base}/delegations/${row.id}`, {}, 'DELETE')
    assert.include(page.text(), 'The deputy arrangement was ended')
    assert.equal((await holders())[id('one')], id('one'))
  })

  test('are named and ended from the gates when the browser does not say where', async ({
    client,
  }) => {
    const decider = table.sitting.one
    const fields = { deputy_id: id('deputy'), from_on: inDays(0), to_on: inDays(3) }
    const url = `${table.base}/delegations`
    const named = await client.post(url).as(decider).form(fields)
    named.assertHeader('location', `${table.base}/gates`)
    const [row] = await table.rows('gate_delegations')
    const ended = await client.delete(`${url}/${row.id}`).as(decider)
    ended.assertHeader('location', `${table.base}/gates`)
  })

  test('are told that they stand in, and once they no longer have to, and no one else is', async ({
    assert,
  }) => {
    await table.ready()
    await table.submit()
    const told = async () => {
      const rows = await table.rows('notifications')
      return rows
        .filter(({ title }) => title.includes('deputy'))
        .map(({ membership_id: to, kind, title, detail }) => ({ to, kind, title, detail }))
    }
    await name({ deputy_id: id('one') })
    assert.isEmpty(await told(), 'of what was refused')
    await name()
    const [named, ...others] = await told()
    assert.isEmpty(others)
    assert.include(named, { to: id('deputy'), kind: 'vote_needed' })
    assert.include(named.title, `named you as deputy at the gates of ${table.project.code}`)
    assert.include(named.detail, 'you vote in their place')
    const [row] = await table.rows('gate_delegations')
    for (let turn = 0; turn < 2; turn++) {
      await one.submit(`${table.base}/delegations/${row.id}`, {}, 'DELETE')
    }
    const ended = (await told()).filter(({ title }) => title.includes('no longer'))
    assert.deepEqual(
      ended.map(({ to }) => to),
      [id('deputy')]
    )
  })

  test('are not said to stand in once they may not decide themselves', async ({ assert }) => {
    await name()
    const board = async () => (await one.open(`${table.urlAt()}/board`)).text()
    assert.match(await board(), /<\/time>, now/)
    assert.notInclude(await board(), 'can no longer stand in')
    await table.quietly('delete from project_members where membership_id = ?', [id('deputy')])
    assert.notMatch(await board(), /<\/time>, now/)
    assert.include(await board(), 'can no longer stand in')
  })

  test('have no say where they may not decide themselves', async ({ assert }) => {
    await name()
    const losses: (() => Promise<unknown>)[] = [
      () =>
        table.quietly(`update memberships set status = 'deactivated' where id = ?`, [id('deputy')]),
      () => table.quietly('delete from project_members where membership_id = ?', [id('deputy')]),
      () =>
        table.quietly('update projects set manager_id = ? where id = ?', [
          id('deputy'),
          table.project.id,
        ]),
    ]
    const gains: (() => Promise<unknown>)[] = [
      () => table.quietly(`update memberships set status = 'active' where id = ?`, [id('deputy')]),
      () => table.allow(table.sitting.deputy),
      async () => {},
    ]
    for (const [index, lose] of losses.entries()) {
      await lose()
      await table.world.inside(() => table.project.refresh())
      assert.equal((await holders())[id('one')], id('one'), `loss ${index}`)
      await gains[index]()
    }
  })

  test('are refused where one person would speak twice', async ({ assert }) => {
    const { membershipId: manager } = await table.world.person('manager')
    const { membershipId: team } = await table.world.person('team')
    await table.world.inside(() => ProjectMember.grant(table.project, manager, 'gate_decider'))
    const cases: [fields: Record<string, unknown>, message: string][] = [
      [{ deputy_id: id('two') }, 'is already a decider or adviser'],
      [{ deputy_id: id('one') }, 'Choose another gate decider'],
      [{ deputy_id: manager }, 'manager cannot decide'],
      [{ deputy_id: team }, 'Choose another gate decider'],
      [
        { from_on: inDays(2), to_on: inDays(1) },
        'Enter a last day that is not before the first day',
      ],
      [{ from_on: inDays(-2), to_on: inDays(-1) }, 'Enter a last day that is today or later'],
      [{ from_on: 'soon' }, 'real date'],
    ]
    for (const [fields, message] of cases) {
      const page = await name(fields)
      assert.include(page.text(), message)
      assert.lengthOf(await table.rows('gate_delegations'), 0, message)
    }
    await name()
    await table.decider('other')
    for (const days of [
      { from_on: inDays(-1), to_on: inDays(0) },
      { from_on: inDays(1), to_on: inDays(3) },
    ]) {
      const meeting = await name({ deputy_id: id('other'), ...days })
      assert.include(meeting.text(), 'You already have a deputy')
    }
    const two = await Walk.begin((one as any).client, table.sitting.two)
    await two.open(`${table.urlAt()}/board`)
    assert.include((await name({}, two)).text(), 'is already a deputy')
    assert.lengthOf(await table.rows('gate_delegations'), 1)
  })

  test('are offered who can be, and nobody who sits at the same gates', async ({ assert }) => {
    const offered = async () =>
      choicesOf((await one.open(`${table.urlAt()}/board`)).text(), 'deputy_id')
    const before = await offered()
    assert.include(before, id('deputy'))
    for (const seated of ['chair', 'one', 'two']) assert.notInclude(before, id(seated), seated)
    await table.seat({ chair: 'chair', one: 'decider', two: 'decider', deputy: 'adviser' })
    assert.notInclude(await offered(), id('deputy'))
  })

  test('named ten times at once are named once', async ({ assert, client }) => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        client
          .post(`${table.base}/delegations`)
          .as(table.sitting.one)
          .form({ deputy_id: id('deputy'), from_on: inDays(0), to_on: inDays(1) })
      )
    )
    for (const answer of answers) assert.include([302, 303], answer.status())
    assert.lengthOf(await table.rows('gate_delegations'), 1)
  })

  test('are named by deciders only', async ({ assert, client }) => {
    const fields = { deputy_id: id('deputy'), from_on: inDays(0), to_on: inDays(1) }
    for (const [role, status] of [
      ['pmo', 403],
      ['manager', 403],
      ['team', 403],
      ['stranger', 404],
    ] as const) {
      const answer = await client
        .post(`${table.base}/delegations`)
        .as(await table.world.person(role))
        .form(fields)
      answer.assertStatus(status)
    }
    const seatless = await table.decider('seatless')
    await client.post(`${table.base}/delegations`).as(seatless).form(fields)
    assert.lengthOf(await table.rows('gate_delegations'), 0)
  })
})
