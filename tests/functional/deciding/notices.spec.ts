import { test } from '@japa/runner'
import { remindDeciders, remindOfDeferred } from '#models/deciding/reminders'
import { countQueries } from '#tests/support/query_count'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Notices of a gate before its deciders', (group) => {
  let table: Table

  group.each.setup(async () => {
    table = await Table.create()
  })

  const id = (name: string) => table.sitting[name].membershipId

  /** Who was told something, by what its title says. */
  async function told(text: string) {
    const rows = await table.rows('notifications')
    return rows.filter(({ title }) => title.includes(text)).map((row) => row.membership_id)
  }

  /** A gate that was deferred for some days. */
  async function putOff() {
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'deferred')
    await table.decide(review, 'deferred', { revisitOn: inDays(3) })
    return review
  }

  /** Moves the day on which it is taken up again. */
  function reach(days: number, review: { id: string }) {
    return table.quietly('update gate_decisions set revisit_on = ? where review_id = ?', [
      inDays(days),
      review.id,
    ])
  }

  test('a withdrawal is told to those who were asked, with its reason, once', async ({
    assert,
    client,
  }) => {
    const review = await table.open({ chair: 'chair', one: 'decider', two: 'adviser' })
    const manager = await Walk.begin(client, table.people.manager)
    const url = table.urlOfReview(review)
    await manager.open(url)
    await manager.submit(`${url}/withdrawal`, { reason: ' ' })
    assert.deepEqual(await told('was withdrawn'), [])
    for (let turn = 0; turn < 2; turn++) {
      await manager.submit(`${url}/withdrawal`, { reason: 'The survey is missing' })
    }
    assert.sameMembers(await told('no vote is needed'), [id('chair'), id('one'), id('two')])
    const [notice] = (await table.rows('notifications')).filter(({ title }) =>
      title.includes('no vote is needed')
    )
    assert.equal(notice.detail, 'The survey is missing')
  })

  test('a reminder comes in time, once, to those who have not voted', async ({ assert }) => {
    await table.seat({ chair: 'chair', one: 'decider', two: 'adviser' })
    await table.ready()
    const review = await table.submit(table.people.manager, table.gate, inDays(30))
    await table.world.inside(remindDeciders)
    assert.deepEqual(await told('is waiting for you'), [], 'the day is far')
    await table.quietly('update gate_reviews set decide_by = ? where id = ?', [
      inDays(1),
      review.id,
    ])
    await table.vote(review, 'one', 'approved')
    for (let turn = 0; turn < 2; turn++) await table.world.inside(remindDeciders)
    assert.sameMembers(await told('is waiting for you'), [id('chair'), id('two')])
  })

  test('after the day, the chair and those who have not voted are reminded weekly', async ({
    assert,
  }) => {
    const review = await table.open({ chair: 'chair', one: 'decider', two: 'decider' })
    await table.vote(review, 'chair', 'approved')
    await table.vote(review, 'one', 'approved')
    const toldAfter = async (daysAgo: number) => {
      await table.quietly('update gate_reviews set decide_by = ? where id = ?', [
        inDays(-daysAgo),
        review.id,
      ])
      await table.world.inside(remindDeciders)
      return told('is overdue')
    }
    const both = [id('chair'), id('two')]
    assert.deepEqual(await toldAfter(0), [])
    assert.sameMembers(await toldAfter(1), both)
    assert.sameMembers(await toldAfter(7), both)
    assert.sameMembers(await toldAfter(8), [...both, ...both])
  })

  test('during a poll, those who have not answered are reminded', async ({ assert }) => {
    await table.seat({ chair: 'chair', one: 'decider', two: 'adviser' }, { isPolled: true })
    await table.ready()
    const review = await table.submit(table.people.manager, table.gate, inDays(1))
    await table.confide(review, 'one', 7)
    await table.world.inside(remindDeciders)
    assert.deepEqual(await told('is waiting for you'), [id('chair')])
  })

  test('deciders of several gates are reminded with as many queries as those of one', async ({
    assert,
  }) => {
    const begin = async (at: Table) => {
      await at.seat({ chair: 'chair', one: 'decider' }, { isPolled: true })
      await at.ready()
      await at.submit(at.people.manager, at.gate, inDays(1))
    }
    const looks = () =>
      countQueries(() => table.world.inside(remindDeciders), /gate_|notifications/)
    await begin(table)
    await looks()
    const one = await looks()
    await begin(await Table.in(table.world))
    await looks()
    assert.equal(await looks(), one)
    assert.lengthOf(await told('is waiting for you'), 4)
  })

  test('nobody is reminded of what is decided or taken back', async ({ assert }) => {
    await table.seat({ chair: 'chair', one: 'decider' })
    await table.ready()
    const review = await table.submit(table.people.manager, table.gate, inDays(1))
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved')
    await table.world.inside(remindDeciders)
    assert.deepEqual(await told('is waiting for you'), [])
  })

  test('the date of a deferred gate is announced once, while it is deferred', async ({
    assert,
  }) => {
    const review = await putOff()
    await table.world.inside(remindOfDeferred)
    assert.deepEqual(await told('was deferred'), [], 'the day is yet to come')
    await reach(0, review)
    for (let turn = 0; turn < 2; turn++) await table.world.inside(remindOfDeferred)
    assert.sameMembers(await told('was deferred'), [id('chair'), table.people.manager.membershipId])
  })

  test('the PMO is told in the place of a manager who is gone', async ({ assert }) => {
    const review = await putOff()
    const { pmo, manager } = table.people
    await table.quietly(`update memberships set status = 'left' where id = ?`, [
      manager.membershipId,
    ])
    await reach(0, review)
    await table.world.inside(remindOfDeferred)
    assert.sameMembers(await told('was deferred'), [id('chair'), pmo.membershipId])
  })

  test('nobody is told of a gate that is prepared again, or of a day long past', async ({
    assert,
  }) => {
    const review = await putOff()
    await reach(-30, review)
    await table.world.inside(remindOfDeferred)
    await reach(0, review)
    await table.quietly(`update gates set status = 'preparing' where id = ?`, [table.gate.id])
    await table.world.inside(remindOfDeferred)
    assert.deepEqual(await told('was deferred'), [])
  })

  test('deferred gates are read with one query, however many they are', async ({ assert }) => {
    const defer = async (at: Table) => {
      const review = await at.open({ chair: 'chair', one: 'decider' })
      await at.vote(review, 'one', 'deferred')
      await at.decide(review, 'deferred', { revisitOn: inDays(3) })
    }
    const looks = async () => {
      await table.quietly(
        `update gate_decisions set revisit_on = ? where organisation_id = ? and outcome = 'deferred'`,
        [inDays(0), table.world.organisationId]
      )
      return countQueries(() => table.world.inside(remindOfDeferred))
    }
    await defer(table)
    const one = await looks()
    await defer(await Table.in(table.world))
    assert.equal(await looks(), one)
    assert.lengthOf(await told('was deferred'), 4)
  })

  test('nobody is told to prepare a gate of a project that is over', async ({ assert }) => {
    const review = await putOff()
    await reach(0, review)
    const becomes = (status: string) =>
      table.quietly('update projects set status = ? where id = ?', [status, review.projectId])
    for (const status of ['cancelled', 'closed']) {
      await becomes(status)
      await table.world.inside(remindOfDeferred)
      assert.deepEqual(await told('was deferred'), [], status)
    }
    await becomes('active')
    await table.world.inside(remindOfDeferred)
    assert.lengthOf(await told('was deferred'), 2)
  })
})
