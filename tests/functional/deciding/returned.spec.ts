import { test } from '@japa/runner'
import { slipsOf } from '#models/health/facts/slips'
import type { Outcome } from '#models/deciding/enumerations'
import { day } from '#registries/formats'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import type { Person } from '#tests/support/world'

test.group('A gate that was put off or sent back', (group) => {
  let table: Table

  group.each.setup(async () => {
    table = await Table.create()
    await table.dates(inDays(1), inDays(30))
  })

  async function decided(outcome: Outcome) {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    const [first] = await table.criteria()
    await table.vote(review, 'one', outcome)
    await table.decide(review, outcome, {
      rationale: 'The cores are wet',
      criterionIds: outcome === 'rework' ? [first.id] : [],
      revisitOn: outcome === 'deferred' ? inDays(9) : null,
    })
    return { review, title: first.title, criterion: `${table.urlAt()}/criteria/${first.id}` }
  }

  const read = async (person: Person, path: string, client: any) => {
    const page = await client.get(path).as(person)
    page.assertStatus(200)
    return page
      .text()
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
  }
  const ref = () => `${table.project.code}-G1`

  for (const outcome of ['rework', 'deferred'] as const) {
    test(`${outcome}: stays among the gates to be decided, with its slip`, async ({
      assert,
      client,
    }) => {
      await decided(outcome)
      const calendar = await read(table.people.viewer, '/gates', client)
      assert.include(calendar, ref())
      assert.include(calendar, outcome === 'rework' ? 'Rework' : 'Deferred')
      const rows = (await client.get('/gates.json').as(table.people.viewer)).body()
      assert.deepInclude(
        rows.map((row: any) => [row.ref, row.outcome]),
        [ref(), outcome]
      )
      const slips = await table.world.inside(() => slipsOf([table.project.id]))
      assert.equal(slips.get(table.project.id)!.gate!.days, 29)
    })

    test(`${outcome}: waits for the manager alone, until it is prepared again`, async ({
      assert,
      client,
    }) => {
      await decided(outcome)
      const what = outcome === 'rework' ? 'Gate sent back' : 'Gate deferred'
      const { manager, pmo, sponsor } = table.people
      assert.include(await read(manager, '/work', client), what)
      for (const other of [pmo, sponsor]) {
        assert.notInclude(await read(other, '/work', client), what)
      }
      const walk = await Walk.begin(client, manager)
      await walk.open(table.urlAt())
      await walk.submit(`${table.urlAt()}/preparation`, {})
      assert.notInclude(await read(manager, '/work', client), what)
      const gate = await read(manager, table.urlAt(), client)
      assert.include(gate, `Round 1 , decided: ${outcome}`)
    })
  }

  test('waits for the manager to be submitted, from the week in which it is expected', async ({
    assert,
    client,
  }) => {
    const { manager, sponsor } = table.people
    const work = (person: Person) => read(person, '/work', client)
    await table.dates(inDays(-9), inDays(20))
    assert.notInclude(await work(manager), 'Gate to submit')
    await table.dates(inDays(-9), inDays(-2))
    assert.include(await work(manager), `Gate to submit ${ref()}`)
    assert.include(await work(manager), '2 days overdue')
    assert.notInclude(await work(sponsor), 'Gate to submit')
    await table.open({ chair: 'chair', one: 'decider' })
    assert.notInclude(await work(manager), 'Gate to submit')
  })

  test('rework: tells on the project’s home which criterion was sent back, and leads to it', async ({
    assert,
    client,
  }) => {
    const { title, criterion } = await decided('rework')
    const home = await client.get(table.base).as(table.people.manager)
    assert.include(
      home.text().replaceAll(/\s+/g, ' '),
      `<a href="${criterion}">${ref()}: ${title}</a>`
    )
    assert.match(await read(table.people.manager, table.base, client), /sent back a criterion of/)
  })

  test('deferred: is not late before the date that its deciders named', async ({
    assert,
    client,
  }) => {
    await table.dates(inDays(-9), inDays(-3))
    const { review } = await decided('deferred')
    const forecast = async () =>
      (await table.rows('gates')).find(({ id }) => id === table.gate.id)!.forecast_on
    assert.equal(await forecast(), inDays(9))
    const slips = await table.world.inside(() => slipsOf([table.project.id]))
    assert.equal(slips.get(table.project.id)!.gate!.days, 18)
    const calendar = await client.get('/gates').as(table.people.viewer)
    assert.notMatch(calendar.text(), /class="overdue"/)
    const chair = await Walk.begin(client, table.sitting.chair)
    const url = table.urlOfReview(review)
    const correct = async (outcome: string, more: object = {}) => {
      const form = (await chair.open(`${url}/correction/create`)).text()
      const supersedes = form.match(/name="supersedes_id" value="([^"]+)"/)?.[1]
      const fields = { rationale: 'M', reason: 'Misread', supersedes_id: supersedes }
      const done = await chair.submit(`${url}/correction`, { ...fields, outcome, ...more })
      done.assertStatus(303)
    }
    await correct('deferred', { revisit_on: inDays(4) })
    assert.equal(await forecast(), inDays(4))
  })

  test('deferred: keeps a forecast that is later', async ({ assert }) => {
    await decided('deferred')
    const [gate] = (await table.rows('gates')).filter(({ id }) => id === table.gate.id)
    assert.equal(gate.forecast_on, inDays(30))
  })

  test('a gate that was approved or rejected waits for nobody', async ({ assert, client }) => {
    for (const outcome of ['approved', 'rejected'] as const) {
      table = await Table.create()
      await table.dates(inDays(1), inDays(30))
      await decided(outcome)
      assert.notInclude(await read(table.people.viewer, '/gates', client), ref(), outcome)
      assert.notInclude(await read(table.people.manager, '/work', client), ref(), outcome)
      const slips = await table.world.inside(() => slipsOf([table.project.id]))
      assert.isNull(slips.get(table.project.id)?.gate ?? null, outcome)
    }
  })

  test('is not shown as decided on the home of its project', async ({ assert, client }) => {
    await decided('deferred')
    const home = await read(table.people.viewer, table.base, client)
    assert.include(home, `deferred to ${day(inDays(9))}`)
    table = await Table.create()
    await decided('rework')
    assert.include(await read(table.people.viewer, table.base, client), 'sent back for rework')
  })

  test('is announced with the criteria to meet, or with its date', async ({ assert }) => {
    const { title } = await decided('rework')
    const notices = async () =>
      (await table.rows('notifications')).filter(({ kind }) => kind === 'gate_decided')
    for (const notice of await notices()) {
      assert.equal(
        notice.detail,
        `Criteria to meet first: ${title.replace(/\.$/, '')}.\n\nThe cores are wet`
      )
    }
    table = await Table.create()
    await decided('deferred')
    const [put] = await notices()
    assert.match(put.title, /was decided: deferred to \d+ \w+ \d{4}$/)
    assert.equal(put.detail, 'The cores are wet')
  })

  test('marks what it was sent back for, and leads to why', async ({ assert, client }) => {
    const { review, title, criterion } = await decided('rework')
    const gate = await read(table.people.manager, table.urlAt(), client)
    assert.include(gate, 'Sent back')
    assert.include(gate, 'Prepare again')
    const page = await client.get(criterion).as(table.people.team)
    assert.include(page.text(), table.urlOfReview(review))
    assert.include(page.text(), 'Start preparing the gate again')
    await table.ready()
    assert.notInclude(await read(table.people.manager, table.urlAt(), client), 'Sent back')
    const second = await table.submit()
    const next = await read(table.sitting.chair, table.urlOfReview(second), client)
    assert.include(next, 'Sent back in round 1')
    assert.include(next.split('Sent back in round 1')[1].slice(0, 300), title)
    assert.include(next, 'Rework, submitted', 'among the other rounds')
  })

  test('asks of the deciders in words whose refs lead to what they name', async ({
    assert,
    client,
  }) => {
    const risk = await table.raise('risk')
    await table.seat({ chair: 'chair', one: 'decider' })
    await table.ready()
    const review = await table.submit()
    await table.quietly('update gate_reviews set note = ? where id = ?', [
      `Look at ${risk.ref} first`,
      review.id,
    ])
    for (const page of ['', '/pack']) {
      const shown = await client.get(table.urlOfReview(review) + page).as(table.sitting.chair)
      assert.include(shown.text().split('Look at ')[1].slice(0, 200), `raid/${risk.id}"`)
    }
  })

  test('says in the next round until when it was put off', async ({ assert, client }) => {
    await decided('deferred')
    await table.ready()
    const second = await table.submit()
    const next = await read(table.sitting.chair, table.urlOfReview(second), client)
    assert.include(next, 'Deferred in round 1')
    assert.include(next, `To revisit on ${day(inDays(9))}`)
  })

  test('readiness links to the dates for those who may change them, else to the gate', async ({
    assert,
    client,
  }) => {
    const form = `${table.urlAt()}/dates/edit`
    const links = async (person: Person) =>
      (await client.get(`${table.urlAt()}/readiness`).as(person)).text()
    assert.include(await links(table.people.manager), form)
    const shown = await links(table.people.viewer)
    assert.notInclude(shown, form)
    assert.include(shown, 'Open gate')
  })
})
