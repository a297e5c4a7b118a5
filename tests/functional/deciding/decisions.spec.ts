import { test } from '@japa/runner'
import { sha256 } from '#models/pack/canonical'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Deciding a gate', (group) => {
  let table: Table
  let chair: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    await table.decider('chair')
    chair = await Walk.begin(context.client, table.sitting.chair)
  })

  const decide = async (url: string, fields: Record<string, unknown>) => {
    const page = await chair.open(url)
    const [, version] = page.text().match(/name="lock_version" value="(\d+)"/) ?? []
    return chair.submitAndFollow(`${url}/decision`, {
      rationale: 'The case is made',
      lock_version: version,
      ...fields,
    })
  }

  test('approved: seals the record, passes the gate, moves the project on', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    const page = await decide(table.urlOfReview(review), { outcome: 'approved' })
    assert.include(page.text(), 'was decided: approved')
    const [decision] = await table.rows('gate_decisions')
    assert.equal(sha256(decision.record), decision.record_sha256)
    const record = JSON.parse(decision.record)
    assert.equal(record.pack_sha256, review.packSha256)
    assert.equal(record.outcome, 'approved')
    assert.lengthOf(record.votes, 1)
    assert.lengthOf(record.seats, 2)
    const [event, ...rest] = await table.facts(decision.id)
    assert.lengthOf(rest, 0)
    assert.include(event.facts, { outcome: 'approved', seal: decision.record_sha256 })
    const [first, second] = await table.rows('gates')
    assert.equal(first.status, 'decided')
    assert.equal(String(first.actual_on), new Date().toISOString().slice(0, 10))
    assert.equal(second.status, 'preparing')
    const stages = await table.rows('stages')
    const [project] = await table.rows('projects')
    assert.equal(project.stage_id, stages.find(({ position }) => position === 2)!.id)
    const told = (await table.rows('notifications')).filter(({ kind }) => kind === 'gate_decided')
    const members = told.map(({ membership_id: id }) => id)
    assert.lengthOf(members, new Set(members).size)
    assert.includeMembers(members, [
      table.people.manager.membershipId,
      table.sitting.one.membershipId,
    ])
  })

  test('deferred, rework and rejected keep the project where it is', async ({ assert }) => {
    const [stage] = await table.rows('projects')
    const cases: [fields: Record<string, unknown>, missing: string][] = [
      [{ outcome: 'deferred', revisit_on: inDays(30) }, 'Enter a date after today'],
      [{ outcome: 'rework' }, 'Choose the criteria'],
      [{ outcome: 'rejected' }, ''],
    ]
    for (const [fields, missing] of cases) {
      const place = await Table.create()
      const review = await place.open({ chair: 'chair', one: 'decider' })
      await place.vote(review, 'one', 'abstain')
      const walk = await Walk.begin((chair as any).client, place.sitting.chair)
      const url = place.urlOfReview(review)
      await walk.open(url)
      const send = (more: Record<string, unknown>) =>
        walk.submitAndFollow(`${url}/decision`, {
          rationale: 'As discussed',
          lock_version: 2,
          ...more,
        })
      if (missing) {
        for (const tooSoon of [{}, { revisit_on: inDays(0) }]) {
          const page = await send({ outcome: fields.outcome, ...tooSoon })
          assert.include(page.text(), missing)
        }
        assert.lengthOf(await place.rows('gate_decisions'), 0)
      }
      const [criterion] = await place.rows('gate_criteria')
      const named = fields.outcome === 'rework' ? { 'criterion_ids[]': [criterion.id] } : {}
      await send({ revisit_on: inDays(30), ...fields, ...named })
      const [decision] = await place.rows('gate_decisions')
      assert.equal(decision.outcome, fields.outcome)
      assert.equal(decision.revisit_on !== null, fields.outcome === 'deferred')
      const [gate, next] = await place.rows('gates')
      assert.include(gate, { status: 'decided', actual_on: null })
      assert.equal(next.status, 'planned')
      const again = await (
        await Walk.begin((chair as any).client, place.people.manager)
      ).submit(`${place.urlAt()}/preparation`, {})
      again.assertStatus(303)
      const [later] = await place.rows('gates')
      assert.equal(later.status, fields.outcome === 'rejected' ? 'decided' : 'preparing')
    }
    assert.isDefined(stage)
  })

  test('deciders read what became of each request to waive a criterion', async ({
    assert,
    client,
  }) => {
    await table.seat({ chair: 'chair', one: 'decider' })
    await table.ready()
    const answers = ['consented', 'refused', 'requested']
    for (const [index, { id }] of (await table.criteria()).slice(0, 3).entries()) {
      const state = answers[index]
      const isWaived = state === 'consented'
      await table.quietly(
        `update gate_criteria set weight = 'should_meet', waiver_state = ?, waiver_as = 'waived',
           waiver_reason = ?, waiver_requested_at = now(), waiver_answered_by = ?, waiver_answered_at = ?,
           waiver_answer = 'Because', assessment = case when ? then 'waived' else assessment end where id = ?`,
        [
          state,
          `Reason ${state}`,
          state === 'requested' ? null : table.sitting.chair.membershipId,
          state === 'requested' ? null : new Date(),
          isWaived,
          id,
        ]
      )
    }
    const review = await table.submit()
    const page = (await client.get(table.urlOfReview(review)).as(table.sitting.one)).text()
    assert.match(page, /Waived by [^<]+: Reason consented/)
    assert.match(page, /Waiver refused by [^<]+\. Requested because: Reason refused/)
    assert.match(page, /Waiver requested: Reason requested/)
  })

  test('rework reopens what it names, and nothing else: the gate waits until that is met', async ({
    assert,
    client,
  }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    const [must, should, other] = await table.criteria()
    await table.quietly(`update gate_criteria set weight = 'should_meet' where id = ?`, [should.id])
    await table.quietly(
      `update gate_criteria set assessment = 'waived', waiver_state = 'consented', waiver_as = 'waived',
         waiver_reason = 'Not now', waiver_requested_at = now(), waiver_answered_by = ?,
         waiver_answered_at = now() where id = ?`,
      [table.sitting.chair.membershipId, must.id]
    )
    await table.vote(review, 'one', 'rework')
    await table.decide(review, 'rework', { criterionIds: [must.id, should.id] })
    const present = new Map((await table.rows('gate_criteria')).map((row) => [row.id, row]))
    for (const { id } of [must, should]) {
      assert.include(present.get(id), {
        assessment: 'not_assessed',
        assessed_at: null,
        waiver_state: null,
      })
      const actions = (await table.facts(id)).map(({ action }) => action)
      assert.equal(actions.at(-1), 'gate_criterion.reopened')
    }
    assert.equal(present.get(other.id)!.assessment, 'met')
    const manager = await Walk.begin(client, table.people.manager)
    await manager.open(table.urlAt())
    await manager.submit(`${table.urlAt()}/preparation`, {})
    const refusal = () => table.submit().catch(({ messages }) => messages[0].message)
    assert.include(await refusal(), 'Fix 2 things before')
    const readiness = await manager.open(`${table.urlAt()}/readiness`)
    assert.include(readiness.text(), 'The gate was sent back because of it; it is not assessed.')
    await table.quietly(`update gate_criteria set assessment = 'met' where id = ?`, [must.id])
    assert.include(await refusal(), 'Fix one thing before')
    await table.quietly(`update gate_criteria set assessment = 'met' where id = ?`, [should.id])
    const next = await table.submit()
    assert.equal(next.round, 2)
  })

  test('says what blocks it, and refuses what the votes do not support', async ({ assert }) => {
    const review = await table.open(
      { chair: 'chair', one: 'decider', two: 'decider' },
      { decisionRule: 'majority', quorum: 2 }
    )
    const url = table.urlOfReview(review)
    assert.include((await chair.open(url)).text(), '0 of at least 2')
    await table.vote(review, 'one', 'approved')
    assert.include(
      (await chair.open(url)).text(),
      'Waiting for votes that could change the outcome'
    )
    await table.vote(review, 'chair', 'approved')
    const page = await decide(url, { outcome: 'rejected' })
    assert.include(page.text(), 'The votes do not allow')
    assert.lengthOf(await table.rows('gate_decisions'), 0)
    await decide(url, { outcome: 'approved' })
    assert.lengthOf(await table.rows('gate_decisions'), 1)
  })

  test('never ignores a vote that came in meanwhile', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    const url = table.urlOfReview(review)
    await chair.open(url)
    const version = (await table.rows('gate_reviews'))[0].lock_version
    await table.vote(review, 'one', 'rejected', 'I saw the survey')
    const page = await chair.submitAndFollow(`${url}/decision`, {
      outcome: 'approved',
      rationale: 'All agree, I think',
      lock_version: version,
    })
    assert.include(page.text(), 'There is something new since you opened this page')
    assert.include(page.text(), 'All agree, I think')
    assert.lengthOf(await table.rows('gate_decisions'), 0)
  })

  test('is the chair’s, or the deputy’s who stands in', async ({ assert, client }) => {
    await table.decider('one')
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    const fields = { outcome: 'approved', rationale: 'Mine', lock_version: 2 }
    for (const [person, status] of [
      [table.sitting.one, 403],
      [table.people.manager, 403],
      [table.people.pmo, 403],
      [table.people.team, 403],
      [table.people.stranger, 404],
    ] as const) {
      const answer = await client
        .post(`${table.urlOfReview(review)}/decision`)
        .as(person)
        .form(fields)
      answer.assertStatus(status)
    }
    assert.lengthOf(await table.rows('gate_decisions'), 0)
  })

  test('fifty at once end in one outcome, one event, one notice each', async ({
    assert,
    client,
  }) => {
    const review = await table.open({ chair: 'chair', one: 'decider', two: 'decider' })
    await table.vote(review, 'one', 'approved')
    await table.vote(review, 'two', 'rejected')
    const url = table.urlOfReview(review)
    const version = async () => (await table.rows('gate_reviews'))[0].lock_version
    const attempt = (index: number, seen: number) => {
      const turn = index % 4
      if (turn === 1 || turn === 3) {
        const person = table.sitting[turn === 1 ? 'one' : 'two']
        const vote = index % 8 < 4 ? 'approved' : 'deferred'
        return client
          .post(`${url}/vote?_method=PUT`)
          .as(person)
          .form({ vote, comment: `Attempt ${index}` })
      }
      return client
        .post(`${url}/decision`)
        .as(table.sitting.chair)
        .form({
          outcome: turn === 2 ? 'approved' : 'rejected',
          rationale: `Attempt ${index}`,
          lock_version: seen,
        })
    }
    do {
      const seen = await version()
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => attempt(index, seen))
      )
      for (const answer of answers) assert.include([303], answer.status())
    } while ((await table.rows('gate_decisions')).length === 0)
    const decisions = await table.rows('gate_decisions')
    assert.lengthOf(decisions, 1)
    assert.lengthOf(await table.events(decisions[0].id), 1)
    const told = (await table.rows('notifications')).filter(({ kind }) => kind === 'gate_decided')
    const keys = told.map(({ membership_id: id, key }) => `${id} ${key}`)
    assert.lengthOf(keys, new Set(keys).size)
    assert.lengthOf(new Set(told.map(({ key }) => key)), 1)
    const sealed = JSON.parse(decisions[0].record).votes
    const kept = await table.rows('gate_votes')
    for (const vote of kept) {
      const same = sealed.find(({ seat }: { seat: string }) => seat === vote.decider_id)
      assert.equal(same.vote, vote.vote, 'what was sealed is what stands')
      assert.equal(same.comment, vote.comment)
    }
  })

  test('leaves nothing that could be changed afterwards', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved')
    for (const statement of [
      `update gate_decisions set rationale = 'x' where organisation_id = ?`,
      `delete from gate_decisions where organisation_id = ?`,
      `update gate_reviews set status = 'in_review' where organisation_id = ?`,
      `update gate_reviews set pack = '{}' where organisation_id = ?`,
      `delete from gate_reviews where organisation_id = ?`,
      `update gate_pack_sections set body = '{}' where organisation_id = ?`,
      `delete from gate_pack_sections where organisation_id = ?`,
    ]) {
      await assert.rejects(
        () => sql(admin(), statement, [table.world.organisationId]),
        /never changes|stays as it was/
      )
    }
  })

  test('refuses those with a part in the matter even in SQL', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    const insert = (castBy: string) =>
      sql(
        admin(),
        `insert into gate_votes (organisation_id, id, project_id, review_id, decider_id, cast_by, role,
           vote, cast_at) values (?, gen_random_uuid(), ?, ?, ?, ?, 'decider', 'approved', now())`,
        [table.world.organisationId, table.project.id, review.id, castBy, castBy]
      )
    await assert.rejects(() => insert(table.people.manager.membershipId), /does not decide it/)
  })
})
