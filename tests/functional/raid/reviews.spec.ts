import { test } from '@japa/runner'
import type RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { inDays } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Reviewing many entries', (group) => {
  let log: Log
  let manager: Walk
  group.each.setup(async ({ context }) => {
    log = await Log.create()
    manager = await Walk.begin(context.client, log.people.manager)
  })

  const due = (days: number, attributes: Record<string, unknown> = {}) =>
    log.raise('risk', { nextReviewOn: inDays(days), ...attributes })
  const queue = () => `${log.url}?type=risk&review=overdue`
  const formOf = (items: RaidItem[]) =>
    `${log.url}/reviews/create?type=risk&${items.map(({ number }) => `entry=${number}`).join('&')}`
  const rowsOf = (items: RaidItem[], version = 1) =>
    items.map(({ number }) => `${number}.${version}`).join(' ')
  async function review(items: RaidItem[], fields: Record<string, string>, walk = manager) {
    await walk.open(formOf(items))
    return walk.submitAndFollow(`${log.url}/reviews`, {
      type: 'risk',
      rows: rowsOf(items),
      ...fields,
    })
  }

  test('begins with a queue in the order of its days, without what is not due', async ({
    assert,
  }) => {
    await due(-1, { title: 'Later of two' })
    await due(-9, { title: 'First of two' })
    await due(3, { title: 'Not yet due' })
    await due(-5, { title: 'Settled already', status: 'closed' })
    const text = (await manager.open(queue())).text()
    assert.isBelow(text.indexOf('First of two'), text.indexOf('Later of two'))
    assert.include(text, 'Next review')
    for (const words of ['9 days overdue', '1 day overdue']) assert.include(text, words)
    assert.include(text, 'Review selected…')
    assert.notInclude(text, 'Not yet due')
    assert.notInclude(text, 'Settled already')
    assert.notInclude((await manager.open(`${log.url}?type=risk`)).text(), 'name="entry"')
    const empty = (await manager.open(`${log.url}?type=issue&review=overdue`)).text()
    assert.include(empty, 'No reviews are due')
    const narrowed = await manager.open(`${queue()}&q=nothing-like-it`)
    assert.notInclude(narrowed.text(), 'No reviews are due')
    const turned = (await manager.open(`${queue()}&sort=review&direction=desc`)).text()
    assert.isAbove(turned.indexOf('First of two'), turned.indexOf('Later of two'))
  })

  test('leads from the queue of one type to those of the others, with what is due of each', async ({
    assert,
  }) => {
    const own = { ownerId: log.people.manager.membershipId }
    await due(-1, { title: 'Weirs rust' })
    await log.raise('issue', { nextReviewOn: inDays(-1), title: 'Crane leaks', ...own })
    await log.raise('issue', { nextReviewOn: inDays(-1), title: 'Pump leaks' })
    await log.raise('issue', { nextReviewOn: inDays(9), title: 'Not yet due', ...own })
    const countOf = (text: string, what: string) =>
      text.match(new RegExp(`>\\s*${what}\\s*<span class="count">(\\d+)<`))?.[1]
    const all = (await manager.open(queue())).text()
    assert.include(all, `href="${log.url}?type=issue&amp;review=overdue"`)
    assert.equal(countOf(all, 'Issues'), '2')
    assert.equal(countOf(all, 'Assumptions'), '0')
    // Decisions are not reviewed: their tab leads to the whole list.
    assert.include(all, `href="${log.url}?type=decision"`)
    assert.isUndefined(countOf(all, 'Decisions'))
    const mine = (await manager.open(`${queue()}&owner=me`)).text()
    assert.include(mine, 'You have no reviews due')
    assert.include(mine, `href="${log.url}?type=risk&amp;review=overdue"`)
    assert.equal(countOf(mine, 'Issues'), '1')
    const [, next] = mine.match(/href="([^"]*type=issue[^"]*)"/)!
    const issues = (await manager.open(next.replaceAll('&amp;', '&'))).text()
    assert.include(issues, 'Crane leaks')
    assert.notInclude(issues, 'Pump leaks')
    assert.equal(countOf((await manager.open(`${log.url}?type=risk`)).text(), 'Issues'), '3')
  })

  test('holds dependencies where they are kept, and not in the log of the other side', async ({
    assert,
  }) => {
    const other = await log.world.project()
    await log.raise('dependency', {
      title: 'The basin is dredged',
      direction: 'inbound',
      counterpartProjectId: other.id,
      nextReviewOn: inDays(-1),
    })
    const queueOf = ({ id }: { id: string }) =>
      manager.open(`/projects/${id}/raid?type=dependency&review=overdue`)
    assert.include((await queueOf(log.project)).text(), 'The basin is dredged')
    assert.notInclude((await queueOf(other)).text(), 'The basin is dredged')
    const whole = await manager.open(`/projects/${other.id}/raid?type=dependency`)
    assert.include(whole.text(), 'The basin is dredged')
  })

  test('shows on the project’s overview, with a link to the type with most due', async ({
    assert,
    client,
  }) => {
    const home = `/projects/${log.project.id}`
    const dueThere = async (walk = manager) =>
      (await walk.open(home))
        .text()
        .match(/href="([^"]*)"\s*>\s*<span class="stat__label">Due for review[^]*?value">(\d+)/)!
    assert.deepEqual((await dueThere()).slice(1), [queue().replaceAll('&', '&amp;'), '0'])
    await due(-1)
    await due(2)
    await due(-3, { status: 'closed' })
    for (const days of [-2, -4]) await log.raise('issue', { nextReviewOn: inDays(days) })
    await log.raise(
      'issue',
      { nextReviewOn: inDays(-4), sensitivity: 'named_people' },
      log.people.team
    )
    const [, href, count] = await dueThere()
    assert.equal(count, '3')
    assert.equal(href, `${log.url}?type=issue&amp;review=overdue`)
    const reader = await Walk.begin(client, log.people.viewer)
    assert.equal((await dueThere(reader))[2], '3')
  })

  test('pages through the queue, and takes every row of a page at once', async ({ assert }) => {
    for (let n = 1; n <= 26; n += 1)
      await due(-n, { title: `Queued ${String(n).padStart(2, '0')}` })
    const first = (await manager.open(`${queue()}&per_page=25&select=page`)).text()
    assert.lengthOf(first.match(/name="entry"[^>]* checked/g)!, 25)
    assert.notInclude(first, 'Queued 01')
    const [, next] = first.match(/href="([^"]*after=[^"]*)"/)!
    const second = (await manager.open(next.replaceAll('&amp;', '&'))).text()
    assert.include(second, 'Queued 01')
    assert.notInclude(second, 'Queued 02')
  })

  test('marks all of them, each with one event, says when next and keeps the remark', async ({
    assert,
  }) => {
    const items = [await due(-1, { title: 'Weirs rust' }), await due(-2)]
    const page = await manager.open(formOf(items))
    for (const words of ['Review 2 risks', 'Weirs rust', items[0].ref]) {
      assert.include(page.text(), words)
    }
    const list = await review(items, { next_review_on: inDays(14), remark: 'Seen in the *board*' })
    assert.include(list.text(), '2 entries reviewed.')
    for (const item of items) {
      assert.equal(String((await log.fresh(item)).next_review_on).slice(0, 10), inDays(14))
      assert.equal((await log.fresh(item)).lock_version, 2)
      const [, reviewed, ...rest] = await log.events(item.id)
      assert.equal(reviewed.action, 'raid_item.reviewed')
      assert.equal(reviewed.values.next_review_on.after, inDays(14))
      assert.lengthOf(rest, 0)
      const entry = await manager.open(log.urlOf(item))
      assert.include(entry.text(), 'reviewed')
      assert.include(entry.text(), '<em>board</em>')
    }
    assert.notInclude((await manager.open(queue())).text(), 'Weirs rust')
  })

  test('records a review that moved no date, and can clear the date', async ({ assert }) => {
    const item = await due(10)
    await review([item], { next_review_on: inDays(10) })
    assert.equal((await log.events(item.id)).at(-1)!.action, 'raid_item.reviewed')
    await review([item], { next_review_on: '' })
    assert.isNull((await log.fresh(item)).next_review_on)
  })

  test('reviews all or none, and names each that cannot be with its reason', async ({ assert }) => {
    const [fine, closed, stale] = [
      await due(-1),
      await due(-1, { status: 'closed' }),
      await due(-1),
    ]
    await log.world.inside(() => stale.revise({ title: 'Changed meanwhile' }, 1))
    await manager.open(formOf([fine, closed, stale]))
    const page = await manager.submitAndFollow(`${log.url}/reviews`, {
      type: 'risk',
      rows: `${rowsOf([fine, closed, stale])} ${stale.number + 7}.1`,
      next_review_on: inDays(7),
      remark: 'For none of them',
    })
    for (const words of [
      'Nothing was marked as reviewed, because 3 entries cannot be.',
      'This entry is settled',
      'Someone changed it after you chose it',
      'There is no such entry that you can see',
      'For none of them',
    ]) {
      assert.include(page.text(), words)
    }
    assert.lengthOf(await log.events(fine.id), 1)
    assert.equal(await log.count('comments'), 0)
  })

  for (const [name, fields] of [
    ['a day that is over', { next_review_on: inDays(-1) }],
    ['today', { next_review_on: inDays(0) }],
    ['no day of the calendar', { next_review_on: '2027-02-30' }],
    ['rows that name nothing', { rows: 'R1' }],
    [
      'more than may be reviewed at once',
      { rows: Array.from({ length: 201 }, (_, n) => `${n}.1`).join(' ') },
    ],
    ['a type that there is not', { type: 'rumour' }],
  ] as const) {
    test(`refuses ${name}`, async ({ assert }) => {
      const item = await due(-1)
      await manager.open(formOf([item]))
      const answer = await manager.submit(`${log.url}/reviews`, {
        type: 'risk',
        rows: rowsOf([item]),
        next_review_on: inDays(7),
        ...fields,
      })
      answer.assertStatus(303)
      assert.lengthOf(await log.events(item.id), 1)
    })
  }

  test('is for those who may change an entry: a team member reviews their own', async ({
    assert,
    client,
  }) => {
    const own = await due(-1, { title: 'Mine', ownerId: log.people.team.membershipId })
    const others = await due(-1, { title: 'Not mine' })
    const team = await Walk.begin(client, log.people.team)
    const text = (await team.open(queue())).text()
    assert.include(text, `Select ${own.ref}`)
    assert.notInclude(text, `Select ${others.ref}`)
    assert.include(
      (await review([others], {}, team)).text(),
      'You do not have permission to review this entry'
    )
    assert.include((await review([own], {}, team)).text(), '1 entry reviewed.')
  })

  test('is refused to readers, and does not exist for strangers and other tenants', async ({
    assert,
    client,
  }) => {
    const item = await due(-1)
    const elsewhere = await Log.create()
    for (const [person, status] of [
      [log.people.viewer, 403],
      [log.people.sponsor, 403],
      [log.people.stranger, 404],
      [elsewhere.people.manager, 404],
    ] as const) {
      const walk = await Walk.begin(client, person)
      const form = await walk.open(formOf([item]))
      form.assertStatus(status)
      const answer = await walk.submit(`${log.url}/reviews`, {
        type: 'risk',
        rows: rowsOf([item]),
        next_review_on: inDays(7),
      })
      answer.assertStatus(status)
    }
    assert.lengthOf(await log.events(item.id), 1)
  })

  test('finds nothing of what is kept from the one who asks', async ({ assert }) => {
    const item = await due(-1, { sensitivity: 'named_people' })
    await sql(admin(), 'update raid_items set created_by = ? where id = ?', [
      log.people.team.membershipId,
      item.id,
    ])
    const answer = await manager.open(formOf([item]))
    assert.notInclude(answer.text(), item.ref)
    await manager.submit(`${log.url}/reviews`, { type: 'risk', rows: rowsOf([item]) })
    assert.lengthOf(await log.events(item.id), 1)
  })

  test('nothing chosen leads back to the queue', async ({ assert }) => {
    const answer = await manager.open(`${log.url}/reviews/create?type=risk`)
    answer.assertStatus(303)
    assert.include(answer.header('location'), '?type=risk&review=overdue')
    assert.include((await manager.open(queue())).text(), 'Choose at least one entry.')
  })
})
