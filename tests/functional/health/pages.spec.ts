import { test } from '@japa/runner'
import { giveConfidence } from '#models/health/assuring'
import { declareRatings, type GivenRatings } from '#models/health/declaring'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

const AMBER = { rating: 'amber', reason: 'The crane is late', pathToGreen: 'Rent one' } as const

/** A project whose next gate slips by so much that its schedule computes as red. */
async function slipping() {
  const table = await Table.create()
  const people: Record<string, Person> = {
    ...table.people,
    auditor: await table.world.person('auditor'),
  }
  await table.dates(inDays(10), inDays(70))
  const declare = (given: GivenRatings, by: Person = table.people.manager) =>
    table.world.inside(() => declareRatings(table.project, given, { by: by.membershipId }), by)
  return { table, people, declare, url: `${table.base}/health` }
}

test.group('Health page', (group) => {
  let table: Table
  let people: Record<string, Person>
  let url: string
  let declare: Awaited<ReturnType<typeof slipping>>['declare']

  group.each.setup(async () => {
    ;({ table, people, declare, url } = await slipping())
  })

  test('shows declared beside computed, with the reason for the difference and links', async ({
    assert,
    client,
  }) => {
    await declare({
      schedule: { rating: 'green', differenceReason: 'The board moved it' },
      cost: AMBER,
    })
    const page = await client.get(url).as(people.viewer)
    page.assertStatus(200)
    const text = page.text()
    assert.include(text, 'Declared two steps better than computed')
    assert.include(text, 'The board moved it')
    assert.include(text, 'is 60 days later than its baseline')
    assert.include(text, `href="${table.urlAt()}"`)
    assert.include(text, 'Orchestrate holds no budget')
    assert.include(text, 'Rent one')
    assert.notMatch(text, /Declare ratings\s*<\/a>/)
  })

  test('says where nobody explained what has changed since', async ({ assert, client }) => {
    await declare({ scope: { rating: 'green' } })
    await table.raise('issue', {
      title: 'Wider deck',
      issueKind: 'request_for_change',
      severity: 4,
      urgency: 4,
    })
    const page = await client.get(url).as(people.viewer)
    assert.include(page.text(), 'Declared one step better than computed')
    assert.include(page.text(), 'none given')
  })

  test('pages through earlier ratings', async ({ assert, client }) => {
    for (let round = 0; round < 22; round++) {
      await declare({ cost: { ...AMBER, reason: `Round ${round}.` } })
    }
    const first = await client.get(url).as(people.viewer)
    assert.include(first.text(), 'Round 21.')
    assert.notInclude(first.text(), 'Round 1.')
    const [, next] = /href="([^"]+)" rel="next"/.exec(first.text())!
    const second = await client.get(next.replaceAll('&amp;', '&')).as(people.viewer)
    assert.include(second.text(), 'Round 1.')
    const mangled = await client.get(`${url}?after=WyJ4IiwieSJd`).as(people.viewer)
    assert.include(mangled.text(), 'Round 21.')
  })

  test('is hidden from strangers and other organisations', async ({ client }) => {
    const other = await (await World.create()).person('pmo')
    const pages = [url, `${url}/ratings/create`, `${url}/confidences/create`]
    for (const person of [people.stranger, other]) {
      for (const path of pages) (await client.get(path).as(person)).assertStatus(404)
    }
  })

  test('appears on the project’s home and in the list', async ({ assert, client }) => {
    await declare({
      overall: { rating: 'green', differenceReason: 'It recovers' },
    })
    await table.world.inside(
      () => giveConfidence(table.project, { rating: 'amber', rationale: 'Feasible' }),
      people.auditor
    )
    const home = await client.get(table.base).as(people.viewer)
    assert.match(home.text(), /computed red/)
    assert.include(home.text(), 'Delivery confidence')
    const list = await client.get('/projects').as(people.viewer)
    assert.include(list.text(), 'computed red')
    assert.include(list.text(), 'Confidence amber')
  })
})

test.group('Declaring ratings', (group) => {
  let table: Table
  let people: Record<string, Person>
  let url: string

  group.each.setup(async () => {
    ;({ table, people, url } = await slipping())
  })

  const fields = {
    cost_rating: 'amber',
    cost_reason: 'Steel is dearer',
    cost_path_to_green: 'Buy early',
    benefits_rating: 'not_rated',
  }

  test('is for the manager and the PMO', async ({ assert, client }) => {
    for (const name of ['manager', 'pmo']) {
      const walk = await Walk.begin(client, people[name])
      await walk.open(`${url}/ratings/create`)
      const page = await walk.submitAndFollow(`${url}/ratings`, { ...fields, cost_reason: name })
      assert.include(page.text(), name === 'manager' ? '2 ratings were declared' : 'One rating was')
    }
    const rows = await table.rows('project_ratings')
    assert.deepEqual(
      rows.map(({ dimension, rating }) => [dimension, rating]),
      [
        ['cost', 'amber'],
        ['benefits', 'not_rated'],
        ['cost', 'amber'],
      ]
    )
    const [{ action, values }] = await table.events(rows[2].id)
    assert.equal(action, 'project_rating.declared')
    assert.deepInclude(values, { reason: { after: 'pmo' } })
  })

  test('says when nothing is different', async ({ assert, client }) => {
    const walk = await Walk.begin(client, people.manager)
    await walk.submitAndFollow(`${url}/ratings`, fields)
    const page = await walk.submitAndFollow(`${url}/ratings`, fields)
    assert.include(page.text(), 'Your ratings match the current ones')
    assert.lengthOf(await table.rows('project_ratings'), 2)
  })

  test('says when nothing is rated, and stays on the form', async ({ assert, client }) => {
    const walk = await Walk.begin(client, people.manager)
    await walk.open(`${url}/ratings/create`)
    const page = await walk.submitAndFollow(`${url}/ratings`, {})
    assert.include(page.text(), 'Rate at least one dimension. Nothing was declared.')
    assert.include(page.text(), 'name="cost_rating"')
    assert.lengthOf(await table.rows('project_ratings'), 0)
  })

  test('is refused to others', async ({ assert, client }) => {
    const expected: Record<string, number> = { viewer: 403, team: 403, sponsor: 403, stranger: 404 }
    for (const [name, status] of Object.entries(expected)) {
      const walk = await Walk.begin(client, people[name])
      ;(await walk.submit(`${url}/ratings`, fields)).assertStatus(status)
    }
    const auditor = await Walk.begin(client, people.auditor)
    ;(await auditor.submit(`${url}/ratings`, fields)).assertStatus(403)
    assert.lengthOf(await table.rows('project_ratings'), 0)
  })

  test('asks beside the field for what is missing, and keeps what was typed', async ({
    assert,
    client,
  }) => {
    const walk = await Walk.begin(client, people.manager)
    await walk.open(`${url}/ratings/create`)
    const page = await walk.submitAndFollow(`${url}/ratings`, {
      schedule_rating: 'green',
      scope_rating: 'red',
      scope_reason: 'Two changes wait',
      cost_rating: 'purple',
    })
    assert.include(page.text(), 'Choose one of the options')
    const again = await walk.submitAndFollow(`${url}/ratings`, {
      schedule_rating: 'green',
      scope_rating: 'red',
      scope_reason: 'Two changes wait',
    })
    assert.include(again.text(), 'Schedule computes as red: say why you rate it green')
    assert.include(again.text(), 'Scope: enter the path to green')
    assert.include(again.text(), 'Two changes wait</textarea>')
    assert.lengthOf(await table.rows('project_ratings'), 0)
  })
})

test.group('Giving delivery confidence', (group) => {
  let table: Table
  let people: Record<string, Person>
  let url: string
  let declare: Awaited<ReturnType<typeof slipping>>['declare']

  group.each.setup(async () => {
    ;({ table, people, declare, url } = await slipping())
  })

  const fields = { rating: 'red', rationale: 'No crane, no bridge' }
  const give = async (client: Parameters<typeof Walk.begin>[0], person: Person, more = {}) =>
    (await Walk.begin(client, person)).submit(`${url}/confidences`, { ...fields, ...more })

  test('is for the PMO and auditors, for a gate or for none', async ({ assert, client }) => {
    const walk = await Walk.begin(client, people.auditor)
    await walk.open(`${url}/confidences/create`)
    const page = await walk.submitAndFollow(`${url}/confidences`, {
      ...fields,
      gate_id: table.gate.id,
    })
    assert.include(page.text(), 'No crane, no bridge')
    assert.include(page.text(), `href="${table.urlAt()}"`)
    ;(await give(client, people.pmo)).assertStatus(303)
    const rows = await table.rows('delivery_confidences')
    assert.deepEqual(
      rows.map(({ given_by: by, gate_id: gate }) => [by, gate]),
      [
        [people.auditor.membershipId, table.gate.id],
        [people.pmo.membershipId, null],
      ]
    )
  })

  test('is refused to other roles', async ({ assert, client }) => {
    const { manager, sponsor, team, viewer, stranger } = people
    for (const person of [manager, sponsor, team, viewer]) {
      ;(await give(client, person)).assertStatus(403)
    }
    ;(await give(client, stranger)).assertStatus(404)
    ;(await give(client, await (await World.create()).person('auditor'))).assertStatus(404)
    assert.lengthOf(await table.rows('delivery_confidences'), 0)
  })

  test('is refused to whoever manages the project, even from the PMO, and says why', async ({
    assert,
    client,
  }) => {
    const { pmo } = people
    await table.quietly('update projects set manager_id = ? where id = ?', [
      pmo.membershipId,
      table.project.id,
    ])
    const answer = await give(client, pmo)
    answer.assertStatus(403)
    assert.include(answer.text(), 'You manage this project')
    const page = await client.get(url).as(pmo)
    assert.notInclude(page.text(), 'Give delivery confidence')
    assert.include(page.text(), 'You manage this project')
    assert.lengthOf(await table.rows('delivery_confidences'), 0)
  })

  test('is refused to whoever declared a current rating', async ({ assert, client }) => {
    const { pmo, manager } = people
    await declare({ cost: AMBER }, pmo)
    const form = await client.get(`${url}/confidences/create`).as(pmo)
    form.assertStatus(403)
    assert.include(form.text(), 'You declared this project’s current ratings')
    ;(await give(client, pmo)).assertStatus(403)
    await declare({ cost: { ...AMBER, reason: 'Another reason' } }, manager)
    ;(await give(client, pmo)).assertStatus(303)
  })

  test('asks for a rating, a rationale and a gate of the project', async ({ assert, client }) => {
    const walk = await Walk.begin(client, people.auditor)
    await walk.open(`${url}/confidences/create`)
    const page = await walk.submitAndFollow(`${url}/confidences`, { rationale: '' })
    assert.include(page.text(), 'Choose a rating')
    assert.include(page.text(), 'Enter a rationale')
    const elsewhere = await Table.in(table.world)
    const other = await walk.submitAndFollow(`${url}/confidences`, {
      ...fields,
      gate_id: elsewhere.gate.id,
    })
    assert.include(other.text(), 'Choose a gate of this project')
    assert.include(other.text(), 'No crane, no bridge</textarea>')
    assert.lengthOf(await table.rows('delivery_confidences'), 0)
  })

  test('that turns red tells sponsor and manager, once', async ({ assert, client }) => {
    const told = async () =>
      (await table.rows('notifications')).filter(({ kind }) => kind === 'confidence_red')
    await give(client, people.auditor, { rating: 'amber' })
    assert.lengthOf(await told(), 0)
    await give(client, people.auditor)
    await give(client, people.auditor)
    const { sponsor, manager } = people
    assert.sameMembers(
      (await told()).map(({ membership_id: id }) => id),
      [sponsor.membershipId, manager.membershipId]
    )
    assert.match((await told())[0].title, /delivery confidence of .+ turned red/)
  })
})

test.group('Health in a gate’s pack', () => {
  test('is frozen with its reasons; what changed since shows to the deciders', async ({
    assert,
    client,
  }) => {
    const { table, people, declare } = await slipping()
    await declare({ cost: AMBER, schedule: { rating: 'green', differenceReason: 'It recovers' } })
    await table.world.inside(
      () => giveConfidence(table.project, { rating: 'green', rationale: 'Well prepared' }),
      people.auditor
    )
    const review = await table.open({ chair: 'chair', one: 'decider' })
    const [row] = (await table.rows('gate_pack_sections')).filter(({ name }) => name === 'status')
    const { lists } = JSON.parse(row.body)
    const rating = (id: string) => lists.ratings.find((one: { id: string }) => one.id === id)
    assert.include(rating('cost'), { declared: 'amber', computed: 'not_rated' })
    assert.include(rating('schedule'), { computed: 'red', difference_reason: 'It recovers' })
    assert.include(lists.confidence[0], { rating: 'green', for_this_gate: false })
    assert.include(
      lists.computed_reasons.map(({ id }: { id: string }) => id),
      'schedule:gate_slip'
    )

    await declare({ cost: { ...AMBER, rating: 'red' } })
    const page = await client.get(table.urlOfReview(review)).as(table.sitting.one)
    assert.include(page.text(), 'Project health')
    assert.include(page.text(), 'Well prepared')
    assert.match(page.text(), /Rating: Cost/)
    const paper = await client.get(`${table.urlOfReview(review)}/pack`).as(table.sitting.one)
    assert.include(paper.text(), 'Declared two steps better than computed')
  })
})
