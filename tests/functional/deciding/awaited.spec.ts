import { test } from '@japa/runner'
import GateDelegation from '#models/gate_delegation'
import { countQueries } from '#tests/support/query_count'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import type { Person } from '#tests/support/world'

test.group('What waits at a gate', (group) => {
  let table: Table
  let client: any
  group.each.setup(async ({ context }) => {
    client = context.client
    table = await Table.create()
  })

  const work = async (person: Person) => (await client.get('/work').as(person)).text() as string
  const open = (terms = {}) =>
    table.open({ chair: 'chair', one: 'decider', adviser: 'adviser' }, terms)

  async function imposed(more = {}) {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    await table.propose(review, more)
    await table.decide(review, 'approved_with_conditions')
    return table.condition()
  }

  /** Moves the day on which the condition was due into the past. */
  const lapse = () =>
    table.quietly('update gate_conditions set due_on = ? where project_id = ?', [
      inDays(-2),
      table.project.id,
    ])

  test('is work of those with a seat until they have voted, and nobody else’s', async ({
    assert,
  }) => {
    const review = await open()
    const url = table.urlOfReview(review)
    for (const name of ['chair', 'one', 'adviser']) {
      assert.include(await work(table.sitting[name]), url, name)
    }
    for (const person of [table.people.manager, table.people.pmo, table.people.stranger]) {
      assert.notInclude(await work(person), url)
    }
    await table.vote(review, 'one', 'approved')
    assert.notInclude(await work(table.sitting.one), url)
    await table.decide(review, 'approved')
    assert.notInclude(await work(table.sitting.chair), url)
  })

  test('is the confidence poll first, for which advisers are not asked', async ({ assert }) => {
    const review = await open({ isPolled: true })
    const url = table.urlOfReview(review)
    assert.include(await work(table.sitting.one), 'Confidence')
    assert.notInclude(await work(table.sitting.adviser), url)
    await table.confide(review, 'one', 4)
    assert.notInclude(await work(table.sitting.one), url)
    await table.confide(review, 'chair', 3)
    for (const name of ['one', 'adviser']) assert.include(await work(table.sitting[name]), url)
  })

  test('waits for the deputy while there is one', async ({ assert }) => {
    const review = await open()
    const url = table.urlOfReview(review)
    const deputy = await table.decider('deputy')
    await table.world.inside(
      async () =>
        GateDelegation.give(await table.present(), {
          deciderId: table.sitting.one.membershipId,
          deputyId: deputy.membershipId,
          fromOn: inDays(0),
          toOn: inDays(3),
        }),
      table.sitting.one
    )
    assert.notInclude(await work(table.sitting.one), url)
    assert.include(await work(deputy), url)
  })

  test('is no work of a decider who lost the role', async ({ assert }) => {
    const review = await open()
    await table.quietly('delete from project_members where membership_id = ?', [
      table.sitting.one.membershipId,
    ])
    assert.notInclude(await work(table.sitting.one), table.urlOfReview(review))
  })

  test('is a condition: for its owner while open, then for the chair', async ({ assert }) => {
    const condition = await imposed()
    const url = `${table.base}/conditions/${condition.id}`
    const mine = await work(table.people.manager)
    assert.include(mine, url)
    assert.notInclude(mine, `${table.base}/tasks/`, 'its task would say the same again')
    assert.notInclude(await work(table.sitting.chair), url)
    await table.claim(condition)
    assert.notInclude(await work(table.people.manager), url)
    assert.include(await work(table.sitting.chair), 'Condition to verify')
    assert.notInclude(await work(table.sitting.one), url)
  })

  test('costs as many queries for many gates as for one', async ({ assert }) => {
    await open()
    const visit = () => client.get('/work').as(table.sitting.chair)
    await visit()
    const few = await countQueries(visit)
    for (let count = 0; count < 3; count++)
      await (await Table.in(table.world)).open({ chair: 'chair', one: 'decider' })
    assert.lengthOf((await work(table.sitting.chair)).match(/\/reviews\//g)!, 4)
    assert.equal(await countQueries(visit), few)
  })

  test('appears in the calendar of one’s gates', async ({ assert }) => {
    const review = await open()
    const file = await calendarOf(table.sitting.one)
    assert.include(file, `UID:review-${review.id}@`)
    assert.include(file, `DTSTART;VALUE=DATE:${inDays(7).replaceAll('-', '')}`)
    assert.notInclude(await calendarOf(table.people.manager), 'BEGIN:VEVENT')
    await table.vote(review, 'one', 'approved')
    await table.propose(review)
    await table.decide(review, 'approved_with_conditions')
    const condition = await table.condition()
    assert.include(await calendarOf(table.people.pmo), 'END:VCALENDAR')
    await table.claim(condition)
    const chairs = await calendarOf(table.sitting.chair)
    assert.include(chairs, `SUMMARY:Verify ${condition.ref}: Permit is granted`)
    assert.notInclude(chairs, `UID:review-${review.id}@`)
  })

  test('a lapsed approval shows in the list of projects until it is restored', async ({
    assert,
  }) => {
    await imposed()
    const list = async () => (await client.get('/projects').as(table.people.pmo)).text()
    assert.notInclude(await list(), 'Approval lapsed')
    await lapse()
    const page = await list()
    assert.include(page, 'Approval lapsed')
    assert.include(page, `href="${table.base}/conditions"`)
    await table.quietly('update gate_conditions set due_on = ? where project_id = ?', [
      inDays(0),
      table.project.id,
    ])
    assert.notInclude(await list(), 'Approval lapsed', 'its day is not over')
  })

  test('a lapsed approval of a project that is over calls for nothing', async ({ assert }) => {
    await imposed()
    await lapse()
    const home = async () => (await client.get(table.base).as(table.people.pmo)).text()
    assert.match(await home(), /Work is continuing without approval until it is verified or waived/)
    for (const status of ['cancelled', 'closed']) {
      await table.quietly('update projects set status = ? where id = ?', [status, table.project.id])
      const page = await home()
      assert.include(page, 'Approval lapsed.')
      assert.include(
        page,
        `The project is ${status}, and the condition stays open until it is verified`
      )
      assert.notInclude(page, 'Work is continuing')
    }
  })

  for (const [how, by] of [
    ['verification', 'pmo'],
    ['waiver', 'chair'],
  ] as const) {
    test(`a lapse ends in the list of projects by ${how}, and not by a claim`, async ({
      assert,
    }) => {
      const condition = await imposed()
      await lapse()
      const list = async () => (await client.get('/projects').as(table.people.manager)).text()
      await table.claim(await table.condition())
      assert.include(await list(), 'Approval lapsed', 'claimed late')
      const person = by === 'chair' ? table.sitting.chair : table.people.pmo
      const url = `${table.base}/conditions/${condition.id}`
      const fields = { answer: 'The law changed', lock_version: 2 }
      const stranger = await client.post(`${url}/${how}`).as(table.people.team).form(fields)
      stranger.assertStatus(403)
      assert.include(await list(), 'Approval lapsed', 'refused')
      await client.post(`${url}/${how}`).as(person).form(fields)
      assert.notInclude(await list(), 'Approval lapsed')
    })
  }

  test('the list of projects costs as many queries with lapsed ones as without', async ({
    assert,
  }) => {
    const visit = () => client.get('/projects').as(table.people.pmo)
    await visit()
    const sound = await countQueries(visit)
    await imposed()
    for (let count = 0; count < 3; count++) {
      const other = await Table.in(table.world)
      Object.assign(other.sitting, table.sitting)
      await other.allow(other.sitting.one)
      const review = await other.open({ chair: 'chair', one: 'decider' })
      await other.vote(review, 'one', 'approved')
      await other.propose(review)
      await other.decide(review, 'approved_with_conditions')
    }
    await table.quietly('update gate_conditions set due_on = ? where organisation_id = ?', [
      inDays(-2),
      table.world.organisationId,
    ])
    const page = await visit()
    assert.lengthOf(page.text().match(/Approval lapsed/g)!, 4)
    assert.equal(await countQueries(visit), sound)
  })

  async function calendarOf(person: Person) {
    const walk = await Walk.begin(client, person)
    await walk.open('/calendar')
    const page = await walk.submitAndFollow('/calendar/feeds', { kind: 'gates' })
    const [, address] = page.text().match(/value="([^"]+\.ics)"/)!
    const file = await client.get(new URL(address).pathname)
    return file.text().replaceAll('\r\n ', '') as string
  }
})
