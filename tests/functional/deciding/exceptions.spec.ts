import { test } from '@japa/runner'
import { computedHealth } from '#models/health/computed'
import { verify } from '#models/condition/steps'
import { watchConditions } from '#models/condition/watch'
import { remindDeciders } from '#models/deciding/reminders'
import Project from '#models/project'
import { day } from '#registries/formats'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import type { Person } from '#tests/support/world'

const PAIR = { chair: 'chair', one: 'decider' } as const

test.group('What waits at a gate when people or projects are gone', (group) => {
  let table: Table

  group.each.setup(async () => {
    table = await Table.create()
  })

  const id = (name: string) => table.sitting[name].membershipId
  const people = () => table.people

  /** Who was told something, by what its title says. */
  async function told(text: string) {
    const rows = await table.rows('notifications')
    return rows.filter(({ title }) => title.includes(text)).map((row) => row.membership_id)
  }

  const work = async (client: any, person: Person) => (await client.get('/work').as(person)).text()

  const becomes = (status: string) =>
    table.quietly('update projects set status = ? where id = ?', [status, table.project.id])

  const leaves = (membershipId: string) =>
    table.quietly(`update memberships set status = 'left' where id = ?`, [membershipId])

  async function approveWith(more: Parameters<Table['propose']>[1] = {}) {
    const review = await table.open(PAIR)
    await table.vote(review, 'one', 'approved')
    await table.propose(review, more)
    await table.decide(review, 'approved_with_conditions')
    return table.condition()
  }

  test('a condition of the chair waits for the PMO once it is claimed', async ({
    assert,
    client,
  }) => {
    await table.decider('chair')
    const condition = await approveWith({ ownerId: id('chair') })
    const chair = await Walk.begin(client, table.sitting.chair)
    const url = `${table.base}/conditions/${condition.id}`
    await chair.open(url)
    await chair.submit(`${url}/claim`, { claim: 'Here it is', lock_version: 1 })
    assert.deepEqual(await told('was claimed as met by'), [people().pmo.membershipId])
    assert.include(await work(client, people().pmo), url)
    assert.notInclude(await work(client, table.sitting.chair), url)
  })

  test('a condition that the chair may verify does not wait for the PMO', async ({
    assert,
    client,
  }) => {
    const condition = await approveWith()
    await table.claim(condition)
    assert.deepEqual(await told('was claimed as met by'), [id('chair')])
    const url = `${table.base}/conditions/${condition.id}`
    assert.notInclude(await work(client, people().pmo), url)
    await leaves(id('chair'))
    assert.include(await work(client, people().pmo), url)
    assert.notInclude(await work(client, people().team), url)
    await table.quietly('update projects set manager_id = ? where id = ?', [
      people().pmo.membershipId,
      table.project.id,
    ])
    assert.notInclude(await work(client, people().pmo), url, 'managers verify none')
  })

  test('a condition whose owner left is told to the PMO before it is due', async ({ assert }) => {
    const condition = await approveWith({ ownerId: people().team.membershipId })
    await table.quietly('update gate_conditions set due_on = ? where id = ?', [
      inDays(1),
      condition.id,
    ])
    await leaves(people().team.membershipId)
    for (let turn = 0; turn < 2; turn++) await table.world.inside(watchConditions)
    assert.deepEqual(await told('needs a new owner'), [people().pmo.membershipId])
  })

  test('where there is no PMO, owners are told of a condition whose owner left', async ({
    assert,
  }) => {
    const owner = await table.world.person('owner')
    const condition = await approveWith({ ownerId: people().team.membershipId })
    await table.quietly('update gate_conditions set due_on = ? where id = ?', [
      inDays(1),
      condition.id,
    ])
    await leaves(people().team.membershipId)
    await leaves(people().pmo.membershipId)
    await table.world.inside(watchConditions)
    assert.deepEqual(await told('needs a new owner'), [owner.membershipId])
  })

  test('a settled condition moves no project that was moved back', async ({ assert }) => {
    const condition = await approveWith()
    const [first, second] = await table.world.inside(async () =>
      (await table.present()).related('stages').query()
    )
    assert.equal((await table.rows('projects'))[0].stage_id, second.id)
    await table.quietly('update projects set stage_id = ? where id = ?', [
      first.id,
      table.project.id,
    ])
    await table.claim(condition)
    await table.world.inside(
      async () => verify(await Project.findOrFail(table.project.id), condition, null, 2),
      people().pmo
    )
    assert.equal((await table.rows('gate_conditions'))[0].state, 'verified')
    assert.equal((await table.rows('projects'))[0].stage_id, first.id)
  })

  test('a round that the PMO takes back is told to whoever submitted it', async ({
    assert,
    client,
  }) => {
    const review = await table.open(PAIR)
    const pmo = await Walk.begin(client, people().pmo)
    const url = table.urlOfReview(review)
    await pmo.open(url)
    await pmo.submit(`${url}/withdrawal`, { reason: 'The wrong day' })
    assert.includeMembers(await told('was withdrawn by'), [people().manager.membershipId])
    assert.sameMembers(await told('no vote is needed'), [id('chair'), id('one')])
  })

  test('a gate that was taken back waits for its manager until it is prepared again', async ({
    assert,
    client,
  }) => {
    const review = await table.open(PAIR)
    const manager = await Walk.begin(client, people().manager)
    await manager.open(table.urlOfReview(review))
    await manager.submit(`${table.urlOfReview(review)}/withdrawal`, { reason: 'The wrong day' })
    assert.include(await work(client, people().manager), 'Gate withdrawn')
    assert.notInclude(await work(client, people().pmo), 'Gate withdrawn')
    await manager.submit(`${table.urlAt()}/preparation`, {})
    assert.notInclude(await work(client, people().manager), 'Gate withdrawn')
  })

  test('a chair who has voted is waited for until the decision is recorded', async ({
    assert,
    client,
  }) => {
    const review = await table.open(PAIR, { decisionRule: 'majority', quorum: 2 })
    const url = table.urlOfReview(review)
    await table.vote(review, 'chair', 'approved')
    await table.vote(review, 'one', 'approved')
    const page = await work(client, table.sitting.chair)
    assert.include(page, url)
    assert.include(page, 'Decision to record')
    assert.notInclude(await work(client, table.sitting.one), url)
    await table.decide(review, 'approved')
    assert.notInclude(await work(client, table.sitting.chair), url)
  })

  test('a round that nobody can decide any more is reported once', async ({ assert }) => {
    await table.open(PAIR, { decisionRule: 'majority', quorum: 1 })
    await table.world.inside(remindDeciders)
    assert.deepEqual(await told('can no longer be decided'), [])
    await leaves(id('chair'))
    for (let turn = 0; turn < 2; turn++) await table.world.inside(remindDeciders)
    assert.sameMembers(await told('can no longer be decided'), [
      people().manager.membershipId,
      people().pmo.membershipId,
    ])
  })

  test('no vote waits in a project that was cancelled, until it is taken up again', async ({
    assert,
    client,
  }) => {
    await table.seat(PAIR)
    await table.ready()
    const review = await table.submit(people().manager, table.gate, inDays(1))
    const vote = table.urlOfReview(review)
    await becomes('cancelled')
    await table.world.inside(remindDeciders)
    assert.deepEqual(await told('is waiting for you'), [])
    assert.notInclude(await work(client, table.sitting.chair), vote)
    await becomes('active')
    await table.world.inside(remindDeciders)
    assert.isNotEmpty(await told('is waiting for you'))
    assert.include(await work(client, table.sitting.chair), vote)
  })

  test('a rejected gate is no longer expected, and says so', async ({ assert, client }) => {
    await table.dates(inDays(-30), inDays(-3))
    const review = await table.open(PAIR)
    await table.vote(review, 'one', 'rejected')
    const grid = async () => {
      const page = (await client.get('/portfolio').as(people().pmo)).text()
      return page.split('data-label="Next gate"')[1].split('data-label="Severe')[0]
    }
    assert.include(await grid(), ', late')
    await table.decide(review, 'rejected')
    const row = await grid()
    assert.include(row, 'Rejected')
    assert.notInclude(row, 'late')
    assert.notInclude(row, 'overdue')
    const slipping = await client.get('/portfolio').qs({ flag: 'slipping' }).as(people().pmo)
    assert.notInclude(slipping.text(), table.project.code)
  })

  test('a gate whose forecast has passed is expected today at the earliest', async ({
    assert,
    client,
  }) => {
    await table.dates(inDays(-5), inDays(-5))
    const read = async (path: string) => (await client.get(path).as(people().pmo)).text()
    assert.include(await read(`${table.base}/gates`), '5 days late')
    assert.include(await read('/portfolio?flag=slipping'), table.project.code)
    await table.dates(inDays(-5), inDays(-6))
    assert.include(await read(`${table.base}/gates`), '5 days late')
    for (const forecast of [4, 5]) {
      await table.dates(inDays(5), inDays(forecast))
      assert.notInclude(await read('/portfolio?flag=slipping'), table.project.code)
    }
    await table.dates(inDays(5), inDays(4))
    assert.include(await read(`${table.base}/gates`), '1 day early')
  })

  test('a rejected gate has no forecast and no slip in its project either', async ({
    assert,
    client,
  }) => {
    await table.dates(inDays(-30), inDays(3))
    const review = await table.open(PAIR)
    await table.vote(review, 'one', 'rejected')
    const read = async (path: string) => (await client.get(path).as(people().viewer)).text()
    const drawn = async () => {
      const [drawing] = (await read(`${table.base}/gates`)).split('<figcaption')
      return drawing.includes('gate-timeline__forecast')
    }
    assert.isTrue(await drawn())
    assert.include(await read(`${table.base}/gates`), '33 days late')
    await table.decide(review, 'rejected')
    assert.isFalse(await drawn())
    for (const path of [table.base, `${table.base}/gates`, table.urlAt(), '/gates?state=all']) {
      assert.notInclude(await read(path), '33 days late', path)
    }
    assert.match(await read(`${table.base}/gates`), /: baseline [^<]*, rejected/)
    const own = await read(table.urlAt())
    for (const untrue of ['Not yet', 'Not known', day(inDays(3))]) assert.notInclude(own, untrue)
    assert.notInclude(await read(`${table.base}/gates`), day(inDays(3)))
    for (const path of [`${table.base}/gates.csv`, '/gates.csv?state=all']) {
      assert.notMatch(await read(path), /,33(,|\r?\n)/, path)
    }
  })

  test('a rejected gate is not planned in the next report', async ({ assert, client }) => {
    await table.dates(inDays(-30), inDays(3))
    const review = await table.open(PAIR)
    await table.vote(review, 'one', 'rejected')
    const draft = async (from: number, to: number) => {
      const manager = await Walk.begin(client, people().manager)
      await manager.open(`${table.base}/reports/create`)
      const period = { period_start_on: inDays(from), period_end_on: inDays(to) }
      const page = (await manager.submitAndFollow(`${table.base}/reports`, period)).text()
      await table.quietly('delete from status_reports where project_id = ?', [table.project.id])
      return page
    }
    const planned = `${table.gate.name}, expected ${day(inDays(3))}`
    assert.include(await draft(-9, -1), planned)
    await table.decide(review, 'rejected')
    assert.notInclude(await draft(-9, -1), planned)
  })

  test('a project that goes on past its rejection is red by its records', async ({ assert }) => {
    const review = await table.open(PAIR)
    await table.vote(review, 'one', 'rejected')
    await becomes('active')
    const schedule = async () => {
      const { project } = table
      const health = await table.world.inside(() => computedHealth([project.id]))
      return health.get(project.id)!.schedule
    }
    assert.notEqual((await schedule()).rating, 'red')
    await table.decide(review, 'rejected')
    const { rating, reasons } = await schedule()
    assert.equal(rating, 'red')
    assert.isTrue(
      reasons.some(({ text }) => text.includes('was rejected, and the project goes on'))
    )
    await becomes('on_hold')
    assert.notEqual((await schedule()).rating, 'red')
  })

  test('a project that goes on past its rejection is told so on its home', async ({
    assert,
    client,
  }) => {
    const review = await table.open(PAIR)
    await table.vote(review, 'one', 'rejected')
    const home = async (person: Person) => (await client.get(table.base).as(person)).text()
    await becomes('active')
    assert.notInclude(await home(people().manager), 'was rejected')
    const { id: decisionId } = await table.decide(review, 'rejected')
    assert.include(await home(people().viewer), 'was rejected')
    assert.notInclude(await home(people().viewer), 'Put the project on hold or cancel it')
    assert.include(await home(people().manager), 'Put the project on hold or cancel it')
    for (const status of ['on_hold', 'cancelled']) {
      await becomes(status)
      assert.notInclude(await home(people().manager), 'was rejected.')
    }
    await becomes('active')
    await table.quietly(`update gate_decisions set outcome = 'approved' where id = ?`, [decisionId])
    assert.notInclude(await home(people().manager), 'was rejected')
  })

  test('a gate that is prepared again has no outcome for programs', async ({ assert, client }) => {
    const review = await table.open(PAIR)
    await table.vote(review, 'one', 'deferred')
    await table.decide(review, 'deferred', { revisitOn: inDays(9) })
    const path = `/api/v1${table.base}/gates`
    const outcomes = async () =>
      (await client.get(path).withTokenOf(people().viewer))
        .body()
        .data.map(({ outcome }: { outcome: string | null }) => outcome)
    assert.equal((await outcomes())[0], 'deferred')
    await table.ready()
    assert.isNull((await outcomes())[0])
  })
})
