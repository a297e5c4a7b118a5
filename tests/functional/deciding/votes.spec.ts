import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Voting at a gate', (group) => {
  let table: Table
  let one: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    await table.decider('one')
    one = await Walk.begin(context.client, table.sitting.one)
  })

  const give = (url: string, vote: string, comment = '', walk = one) =>
    walk.submitAndFollow(`${url}/vote`, { vote, comment }, 'PUT')

  test('is kept with its comment, may change, and each change is told', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    const url = table.urlOfReview(review)
    const before = (await one.open(url)).text()
    assert.match(before, /class="button button--primary" href="#your-part">Give your vote</)
    const page = await give(url, 'rejected', 'Far too dear')
    assert.include(page.text(), 'Your vote was saved: rejected.')
    assert.match(page.text(), /class="button " href="#your-part">Change your vote</)
    assert.include(page.text(), 'Far too dear')
    assert.equal((await table.rows('gates'))[0].status, 'in_review')
    await give(url, 'approved')
    const [vote, ...rest] = await table.rows('gate_votes')
    assert.lengthOf(rest, 0)
    assert.include(vote, { vote: 'approved', comment: null, role: 'decider' })
    const told = await table.events(vote.id)
    assert.deepEqual(
      told.map(({ action, values }) => [action, values.vote?.after]),
      [
        ['gate_vote.cast', 'rejected'],
        ['gate_vote.cast', 'approved'],
      ]
    )
  })

  test('needs a comment unless it approves', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    const url = table.urlOfReview(review)
    await one.open(url)
    for (const vote of [
      'approved_with_conditions',
      'deferred',
      'rework',
      'rejected',
      'abstain',
      'recused',
    ]) {
      const page = await give(url, vote)
      assert.match(page.text(), /Enter (a comment that|why you|what the conditions)/, vote)
      assert.lengthOf(await table.rows('gate_votes'), 0, vote)
    }
    assert.include((await give(url, 'perhaps')).text(), 'Choose one of the options')
    await give(url, 'approved')
    assert.lengthOf(await table.rows('gate_votes'), 1)
  })

  test('is for those at the table, and never for submitter and manager', async ({
    assert,
    client,
  }) => {
    const manager = await table.world.person('manager')
    await table.allow(manager)
    await table.decider('seatless')
    const review = await table.open({ chair: 'chair', one: 'decider' })
    const send = (person: any) =>
      client
        .post(`${table.urlOfReview(review)}/vote?_method=PUT`)
        .as(person)
        .form({ vote: 'approved' })
    for (const [person, status] of [
      [manager, 403],
      [table.sitting.seatless, 403],
      [table.people.pmo, 403],
      [table.people.team, 403],
      [table.people.stranger, 404],
    ] as const) {
      const answer = await send(person)
      answer.assertStatus(status)
    }
    assert.lengthOf(await table.rows('gate_votes'), 0)
  })

  test('loses its weight when its giver becomes the manager, and is refused from then on', async ({
    assert,
    client,
  }) => {
    await table.seat(
      { chair: 'chair', one: 'decider', two: 'decider' },
      { decisionRule: 'majority', quorum: 2 }
    )
    await table.ready()
    const review = await table.submit(table.people.pmo)
    await table.vote(review, 'one', 'approved')
    await table.vote(review, 'two', 'approved')
    await table.quietly('update projects set manager_id = ? where id = ?', [
      table.sitting.one.membershipId,
      table.project.id,
    ])
    const refused = await client
      .post(`${table.urlOfReview(review)}/vote?_method=PUT`)
      .as(table.sitting.one)
      .form({ vote: 'rejected', comment: 'Now I know better' })
    refused.assertStatus(403)
    const page = await (await Walk.begin(client, table.sitting.two)).open(table.urlOfReview(review))
    assert.include(page.text(), 'manages the project')
    assert.include(page.text(), 'Approved, void')
    assert.include(page.text(), '1 of at least 2')
    // The one who managed it when it was submitted does not decide it either.
    const former = table.people.manager
    await table.allow(former)
    await table.quietly(
      `update gate_deciders set membership_id = ? where membership_id = ? and gate_id = ?`,
      [former.membershipId, table.sitting.two.membershipId, table.gate.id]
    )
    const late = await client
      .post(`${table.urlOfReview(review)}/vote?_method=PUT`)
      .as(former)
      .form({ vote: 'approved' })
    late.assertStatus(403)
  })

  test('of an adviser is recorded and not counted', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', two: 'decider', one: 'adviser' })
    await one.open(table.urlOfReview(review))
    const page = await give(table.urlOfReview(review), 'rejected', 'I advise against it')
    assert.include(page.text(), 'I advise against it')
    const [vote] = await table.rows('gate_votes')
    assert.equal(vote.role, 'adviser')
  })

  test('of a deputy is given for the seat, in the deputy’s name', async ({ assert, client }) => {
    await table.decider('deputy')
    const review = await table.open({ chair: 'chair', one: 'decider' })
    const today = new Date().toISOString().slice(0, 10)
    await one.open(`${table.urlAt()}/board`)
    await one.submit(`${table.base}/delegations`, {
      deputy_id: table.sitting.deputy.membershipId,
      from_on: today,
      to_on: today,
    })
    const own = await one.submit(`${table.urlOfReview(review)}/vote`, { vote: 'approved' }, 'PUT')
    own.assertStatus(403)
    const deputy = await Walk.begin(client, table.sitting.deputy)
    await deputy.open(table.urlOfReview(review))
    const page = await give(table.urlOfReview(review), 'deferred', 'Not before spring', deputy)
    assert.include(page.text(), 'You are deputy for')
    const [vote] = await table.rows('gate_votes')
    assert.equal(vote.decider_id, table.sitting.one.membershipId)
    assert.equal(vote.cast_by, table.sitting.deputy.membershipId)
    await table.quietly('update projects set manager_id = ? where id = ?', [
      table.sitting.deputy.membershipId,
      table.project.id,
    ])
    const later = await one.open(table.urlOfReview(review))
    assert.include(later.text(), 'Deferred, void')
  })

  test('ends with the decision, for pages and for SQL', async ({ assert }) => {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved')
    const late = await one.submit(
      `${table.urlOfReview(review)}/vote`,
      { vote: 'rejected', comment: 'Too late' },
      'PUT'
    )
    late.assertStatus(303)
    const [vote] = await table.rows('gate_votes')
    assert.equal(vote.vote, 'approved')
    await assert.rejects(
      () => sql(admin(), `update gate_votes set vote = 'abstain' where id = ?`, [vote.id]),
      /takes no more/
    )
    await assert.rejects(
      () => sql(admin(), 'delete from gate_votes where id = ?', [vote.id]),
      /never changes/
    )
  })
})

test.group('The confidence poll', (group) => {
  let table: Table
  group.each.setup(async () => {
    table = await Table.create()
  })

  const seats = { chair: 'chair', one: 'decider', two: 'decider', adviser: 'adviser' } as const
  const terms = { decisionRule: 'majority', quorum: 2, isPolled: true } as const

  test('hides every answer until all have answered, then shows the spread and no names', async ({
    assert,
    client,
  }) => {
    const review = await table.open(seats, terms)
    const url = table.urlOfReview(review)
    const walks = Object.fromEntries(
      await Promise.all(
        Object.keys(seats).map(async (name) => [
          name,
          await Walk.begin(client, table.sitting[name]),
        ])
      )
    ) as Record<string, Walk>
    await walks.one.open(url)
    const first = await walks.one.submitAndFollow(`${url}/confidence`, { score: 3 }, 'PUT')
    assert.include(first.text(), 'No one can see that it is yours')
    await walks.one.submit(`${url}/confidence`, { score: 4 }, 'PUT')
    await walks.two.open(url)
    const early = await walks.two.submitAndFollow(`${url}/vote`, { vote: 'approved' }, 'PUT')
    assert.include(early.text(), 'You can vote when the poll is open')
    await walks.two.submit(`${url}/confidence`, { score: 9 }, 'PUT')
    const before = await walks.chair.open(url)
    assert.include(before.text(), '2 of 3')
    assert.notInclude(before.text(), 'median')
    await walks.chair.open(url)
    const opened = await walks.chair.submitAndFollow(`${url}/confidence`, { score: 6 }, 'PUT')
    assert.include(opened.text().replaceAll(/<[^>]+>/g, ''), '4 to 9, median 6, 3 answers')
    const late = await walks.one.submitAndFollow(`${url}/confidence`, { score: 10 }, 'PUT')
    assert.include(late.text(), 'answers can no longer change')
    const scores = (await table.rows('gate_poll_answers')).map(({ score }) => score)
    assert.sameMembers(scores, [4, 6, 9])
    await table.quietly('update projects set manager_id = ? where id = ?', [
      table.sitting.one.membershipId,
      table.project.id,
    ])
    const without = (await walks.chair.open(url)).text().replaceAll(/<[^>]+>/g, '')
    assert.include(without, '6 to 9, median 7.5, 2 answers', 'a manager’s counts no more')
    await table.quietly('update gate_poll_answers set score = 9')
    const alike = (await walks.chair.open(url)).text().replaceAll(/<[^>]+>/g, '')
    assert.match(alike, /\b9, 2 answers/)
    const asked = (await table.rows('notifications')).filter(({ kind }) => kind === 'vote_needed')
    assert.lengthOf(
      asked.filter(({ key }) => key.startsWith('gate-confidence')),
      3
    )
    // The one whose answer opened the poll needs no notice of it.
    assert.lengthOf(
      asked.filter(({ key }) => key.startsWith('gate-vote')),
      3
    )
  })

  test('records that somebody answered, and never what', async ({ assert }) => {
    const review = await table.open(seats, terms)
    await table.confide(review, 'one', 7)
    await table.confide(review, 'one', 2)
    const [answer] = await table.rows('gate_poll_answers')
    const told = await table.events(answer.id)
    assert.lengthOf(told, 2)
    for (const { action, values } of told) {
      assert.equal(action, 'gate_poll_answer.given')
      assert.notProperty(values, 'score')
    }
  })

  test('is opened by the chair, and by whoever steps aside last', async ({ assert, client }) => {
    const review = await table.open(seats, terms)
    const url = table.urlOfReview(review)
    const refused = await client.post(`${url}/poll_opening`).as(table.sitting.one)
    refused.assertStatus(403)
    await table.confide(review, 'one', 7)
    await table.confide(review, 'chair', 5)
    await table.vote(review, 'two', 'recused', 'My brother builds it')
    assert.isNotNull((await table.rows('gate_reviews'))[0].poll_opened_at)

    const other = await Table.create()
    const second = await other.open(seats, terms)
    const chair = await Walk.begin(client, other.sitting.chair)
    await chair.open(other.urlOfReview(second))
    const page = await chair.submitAndFollow(`${other.urlOfReview(second)}/poll_opening`, {})
    assert.include(page.text(), 'before anyone answered')
  })

  test('takes whole numbers from 1 to 10, from those who decide', async ({ assert, client }) => {
    const review = await table.open(seats, terms)
    const url = table.urlOfReview(review)
    const one = await Walk.begin(client, table.sitting.one)
    await one.open(url)
    for (const score of ['0', '11', '2.5', 'high', '']) {
      const page = await one.submitAndFollow(`${url}/confidence`, { score }, 'PUT')
      assert.include(page.text(), 'Choose a number from 1 to 10', score)
    }
    const refused = (await one.submitAndFollow(`${url}/confidence`, { score: '' }, 'PUT')).text()
    assert.match(refused, /<fieldset [^>]*aria-describedby="score-hint score-error"/)
    assert.include(refused, 'id="score-error"')
    const adviser = await Walk.begin(client, table.sitting.adviser)
    await adviser.open(url)
    const page = await adviser.submitAndFollow(`${url}/confidence`, { score: 5 }, 'PUT')
    assert.include(page.text(), 'Only deciders can')
    assert.lengthOf(await table.rows('gate_poll_answers'), 0)
  })

  test('can be left with a reason, which is asked for beside its field', async ({
    assert,
    client,
  }) => {
    const review = await table.open(seats, terms)
    const url = table.urlOfReview(review)
    const one = await Walk.begin(client, table.sitting.one)
    await one.open(url)
    const refused = await one.submitAndFollow(
      `${url}/vote`,
      { vote: 'recused', comment: '' },
      'PUT'
    )
    assert.include(refused.text(), 'href="#comment"')
    assert.match(refused.text(), /<details class="disclosure" open>\s*<summary>Step aside/)
    assert.match(refused.text(), /<textarea [^>]*id="comment"[^>]*aria-invalid="true"/)
    assert.lengthOf(await table.rows('gate_votes'), 0)
  })
})
