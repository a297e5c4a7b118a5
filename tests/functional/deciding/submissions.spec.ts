import { test } from '@japa/runner'
import { sha256 } from '#models/pack/canonical'
import RaidItem from '#models/raid_item'
import { countQueries } from '#tests/support/query_count'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('Submitting a gate', (group) => {
  let table: Table
  let manager: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    await table.seat({ chair: 'chair', one: 'decider' })
    manager = await Walk.begin(context.client, table.people.manager)
  })

  const fields = (more: Record<string, unknown> = {}) => ({
    note: 'Is the quay worth building?',
    decide_by: inDays(7),
    lock_version: 1,
    ...more,
  })
  const submit = (more = {}, walk = manager) =>
    walk.submitAndFollow(`${table.urlAt()}/reviews`, fields(more))
  const sections = async (): Promise<Record<string, any>> => {
    const rows = await table.rows('gate_pack_sections')
    return Object.fromEntries(rows.map((row) => [row.name, row]))
  }
  const read = async (name: string) => JSON.parse((await sections())[name].body)

  test('freezes a pack whose hashes anyone can check, and begins round 1', async ({ assert }) => {
    await table.ready()
    await manager.open(`${table.urlAt()}/reviews/create`)
    const page = await submit()
    assert.include(page.text(), 'was submitted to its deciders')
    const [review] = await table.rows('gate_reviews')
    assert.include(review, { round: 1, status: 'submitted', decision_rule: 'chair_after_advice' })
    assert.equal(sha256(review.pack), review.pack_sha256)
    const manifest = JSON.parse(review.pack)
    assert.equal(manifest.gate, table.gate.id)
    for (const [name, row] of Object.entries(await sections())) {
      assert.equal(sha256(row.body), row.sha256)
      assert.equal(manifest.sections[name], row.sha256)
    }
    assert.lengthOf(Object.keys(manifest.sections), 6)
    const [gate] = await table.rows('gates')
    assert.equal(gate.status, 'submitted')
    const told = await table.events(review.id)
    assert.deepEqual(
      told.map(({ action }) => action),
      ['gate_review.submitted']
    )
  })

  test('begins from its readiness once nothing blocks it, for whoever may', async ({
    assert,
    client,
  }) => {
    const [readiness, form] = [`${table.urlAt()}/readiness`, `${table.urlAt()}/reviews/create`]
    assert.notInclude((await manager.open(readiness)).text(), form)
    await table.ready()
    assert.include((await manager.open(readiness)).text(), form)
    const viewer = await Walk.begin(client, await table.world.person('viewer'))
    assert.notInclude((await viewer.open(readiness)).text(), form)
    await table.submit()
    assert.notInclude((await manager.open(readiness)).text(), form)
  })

  test('records the hash in clear in the audit trail', async ({ assert }) => {
    await table.ready()
    const review = await table.submit()
    const [event] = await table.facts(review.id)
    assert.equal(event.facts.seal, review.packSha256)
    assert.equal(event.facts.version, '1')
  })

  test('freezes criteria, board, RAID and dates in the pack, without names', async ({ assert }) => {
    await table.ready()
    const risk = { nature: 'threat', currentLikelihood: 5, currentImpact: 4 }
    await table.raise('risk', { ...risk, title: 'The quay sinks' })
    await table.raise('risk', { ...risk, title: 'For leads', sensitivity: 'project_leads' })
    await table.raise('risk', { ...risk, title: 'For two people', sensitivity: 'named_people' })
    await table.raise('risk', { ...risk, title: 'Long gone', status: 'closed' })
    await table.quietly(
      'update stages set baseline_end_on = ?, forecast_end_on = ? where project_id = ?',
      [inDays(1), inDays(2), table.project.id]
    )
    await table.submit()
    const raid = await read('raid')
    assert.deepEqual(
      raid.lists.raid.map(({ title }: { title: string }) => title),
      ['The quay sinks']
    )
    assert.include(raid.lists.raid[0], { score: 20, band: 'severe', status: 'open' })
    assert.include(raid.facts, { open_entries: 3, kept_to_named_people: 1, beyond_limit: 0 })
    assert.deepEqual(
      (await read('raid_leads')).lists.raid.map(({ title }: { title: string }) => title),
      ['For leads']
    )
    const criteria = await read('criteria')
    assert.lengthOf(criteria.lists.criteria, 4)
    const gate = await read('gate')
    assert.equal(gate.facts.decision_rule, 'chair_after_advice')
    assert.lengthOf(gate.lists.seats, 2)
    const [stage] = gate.lists.stages
    assert.include(stage, { baseline_end_on: inDays(1), forecast_end_on: inDays(2) })
    const bodies = Object.values(await sections()).map(({ body }) => body)
    for (const person of [table.people.manager, table.sitting.chair]) {
      assert.notInclude(bodies.join(), person.name)
    }
    assert.notInclude(bodies.join(), 'For two people')
  })

  test('keeps whether a risk is an opportunity, and that somebody outside owns it', async ({
    assert,
    client,
  }) => {
    await table.ready()
    const score = { currentLikelihood: 5, currentImpact: 4 }
    const ownerLabel = 'Ines of Harbour Ltd'
    await table.raise('risk', {
      ...score,
      nature: 'opportunity',
      title: 'Two ships a day',
      ownerLabel,
    })
    const review = await table.submit()
    const [entry] = (await read('raid')).lists.raid
    assert.include(entry, { nature: 'opportunity', is_owned_outside: true, owner_id: null })
    assert.notInclude(JSON.stringify(entry), 'Ines')
    const page = await client.get(table.urlOfReview(review)).as(table.sitting.chair)
    assert.match(page.text(), /Opportunity · Owner outside the organisation · Open/)
    assert.notInclude(page.text(), 'No owner')
  })

  test('is bounded, and costs as many queries for many entries as for few', async ({ assert }) => {
    await table.ready()
    await table.raise('risk', { nature: 'threat', title: 'One' })
    const few = await countQueries(() => table.submit())
    const other = await Table.create()
    await other.seat({ chair: 'chair', one: 'decider' })
    await other.ready()
    await other.world.inside(async () => {
      for (let number = 0; number < 60; number++) {
        await RaidItem.raise(other.project, { type: 'issue', title: `Issue ${number}` })
      }
    }, other.people.manager)
    assert.equal(await countQueries(() => other.submit()), few)
  })

  test('is refused while anything blocks, and says so on its page', async ({ assert }) => {
    await table.quietly(`update gates set status = 'preparing' where id = ?`, [table.gate.id])
    const form = await manager.open(`${table.urlAt()}/reviews/create`)
    assert.include(form.text(), 'to fix before submission')
    const page = await submit()
    assert.include(page.text(), 'The readiness page shows what')
    assert.lengthOf(await table.rows('gate_reviews'), 0)
    assert.lengthOf(await table.rows('gate_pack_sections'), 0)
  })

  test('is refused where whoever submits is needed for the quorum', async ({ assert, client }) => {
    const pmo = await table.world.person('pmo')
    await table.allow(pmo)
    table.sitting.pmo = pmo
    await table.seat(
      { chair: 'chair', one: 'decider', pmo: 'decider' },
      { decisionRule: 'majority', quorum: 3 }
    )
    await table.ready()
    const walk = await Walk.begin(client, pmo)
    await walk.open(`${table.urlAt()}/reviews/create`)
    const page = await submit({}, walk)
    assert.include(page.text(), 'The quorum is 3, but only 2 of these people can vote')
    await table.submit()
    assert.lengthOf(await table.rows('gate_reviews'), 1)
  })

  test('needs a gate in preparation and a day to come', async ({ assert }) => {
    await manager.open(`${table.urlAt()}/reviews/create`)
    assert.include((await submit()).text(), 'Start preparing the gate')
    await table.ready()
    assert.include((await submit({ decide_by: inDays(-1) })).text(), 'today’s date or a later one')
    assert.include((await submit({ decide_by: 'soon' })).text(), 'real date')
    const stale = await manager.submit(`${table.urlAt()}/reviews`, fields({ lock_version: 9 }))
    stale.assertStatus(409)
    assert.lengthOf(await table.rows('gate_reviews'), 0)
    await submit()
    assert.include((await submit({ lock_version: 2 })).text(), 'Only a gate in preparation')
    assert.lengthOf(await table.rows('gate_reviews'), 1)
  })

  test('twenty times at once begins one round', async ({ assert, client }) => {
    await table.ready()
    await Promise.all(
      Array.from({ length: 20 }, () =>
        client.post(`${table.urlAt()}/reviews`).as(table.people.manager).form(fields())
      )
    )
    assert.lengthOf(await table.rows('gate_reviews'), 1)
    assert.lengthOf(await table.rows('gate_pack_sections'), 6)
    const votes = (await table.rows('notifications')).filter(({ kind }) => kind === 'vote_needed')
    assert.lengthOf(votes, 2, 'one for each at the table')
  })

  test('is for manager and PMO', async ({ assert, client }) => {
    await table.ready()
    for (const [role, status] of [
      ['sponsor', 403],
      ['team', 403],
      ['viewer', 403],
      ['auditor', 403],
      ['stranger', 404],
    ] as const) {
      const person = await table.world.person(role)
      const answer = await client.post(`${table.urlAt()}/reviews`).as(person).form(fields())
      answer.assertStatus(status)
    }
    const foreigner = await (await World.create()).person('pmo')
    const foreign = await client.post(`${table.urlAt()}/reviews`).as(foreigner).form(fields())
    foreign.assertStatus(404)
    assert.lengthOf(await table.rows('gate_reviews'), 0)
  })
})

test.group('Taking a submission back', (group) => {
  let table: Table
  group.each.setup(async () => {
    table = await Table.create()
  })

  test('ends the round, keeps what was said, and lets the gate be submitted again', async ({
    assert,
    client,
  }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'rejected', 'Too dear')
    const manager = await Walk.begin(client, table.people.manager)
    await manager.open(table.urlOfReview(review))
    const empty = await manager.submitAndFollow(`${table.urlOfReview(review)}/withdrawal`, {})
    assert.include(empty.text(), 'Enter a reason')
    const page = await manager.submitAndFollow(`${table.urlOfReview(review)}/withdrawal`, {
      reason: 'The estimate is wrong',
    })
    assert.include(page.text(), 'The estimate is wrong')
    assert.include(page.text(), 'Too dear')
    const [gate] = await table.rows('gates')
    assert.equal(gate.status, 'withdrawn')
    await manager.submit(`${table.urlAt()}/preparation`, {})
    await table.submit()
    const rounds = await table.rows('gate_reviews')
    assert.deepEqual(
      rounds.map(({ round, status }) => [round, status]),
      [
        [1, 'withdrawn'],
        [2, 'submitted'],
      ]
    )
  })

  test('is for whoever submitted it, and for the PMO', async ({ assert, client }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.quietly('update gate_reviews set submitted_by = ? where id = ?', [
      table.people.pmo.membershipId,
      review.id,
    ])
    const take = (person: any) =>
      client
        .post(`${table.urlOfReview(review)}/withdrawal`)
        .as(person)
        .form({ reason: 'No' })
    for (const [person, status] of [
      [table.people.manager, 403],
      [table.sitting.chair, 403],
      [table.people.stranger, 404],
    ] as const) {
      const refused = await take(person)
      refused.assertStatus(status)
    }
    assert.equal((await table.rows('gate_reviews'))[0].status, 'submitted')
    await take(table.people.pmo)
    assert.equal((await table.rows('gate_reviews'))[0].status, 'withdrawn')
  })
})
