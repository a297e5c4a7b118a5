import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { statuses, types, type RaidType } from '#models/raid/enumerations'
import { isSettled, nextStatuses } from '#models/raid/transitions'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Walk } from '#tests/support/walk'
import type { Person } from '#tests/support/world'

/** The legal moves as the domain model draws them, written out a second time. */
const legal: Record<RaidType, Record<string, string[]>> = {
  risk: {
    draft: ['open', 'rejected'],
    open: ['treating', 'monitoring', 'closed', 'rejected'],
    treating: ['monitoring', 'open', 'closed'],
    monitoring: ['treating', 'open', 'closed'],
    closed: ['open'],
    realised: [],
    rejected: ['draft', 'open'],
  },
  assumption: {
    unvalidated: ['validating', 'validated', 'invalidated', 'retired'],
    validating: ['validated', 'invalidated', 'unvalidated', 'retired'],
    validated: ['validating', 'invalidated', 'retired'],
    invalidated: ['validating'],
    retired: ['unvalidated'],
  },
  issue: {
    open: ['in_progress', 'on_hold', 'resolved', 'closed'],
    in_progress: ['on_hold', 'resolved', 'open'],
    on_hold: ['in_progress', 'open', 'closed'],
    resolved: ['closed', 'in_progress'],
    closed: ['open'],
  },
  dependency: {
    proposed: ['agreed', 'cancelled'],
    agreed: ['at_risk', 'met', 'missed', 'cancelled'],
    at_risk: ['agreed', 'met', 'missed', 'cancelled'],
    met: ['agreed'],
    missed: ['agreed', 'met', 'cancelled'],
    cancelled: ['proposed'],
  },
  decision: { proposed: ['decided', 'superseded'], decided: ['superseded'], superseded: [] },
}

test.group('RAID statuses', (group) => {
  let log: Log
  let manager: Walk
  group.each.setup(async ({ context }) => {
    log ??= await Log.create()
    manager = await Walk.begin(context.client, log.people.manager)
  })

  for (const type of Object.keys(types) as RaidType[]) {
    test(`a ${type} moves as its state machine allows and no other way`, async ({ assert }) => {
      const item = await log.raise(type)
      let version = 1
      for (const from of Object.keys(statuses[type])) {
        for (const to of [...Object.keys(statuses[type]), 'elsewhere']) {
          if (from === to) continue
          await log.world.inside(async () => {
            const row = await RaidItem.findOrFail(item.id)
            await row.refersTo(log.project).merge({ status: from }).save()
          })
          const fields = { status: to, reason: 'It proved false', lock_version: version }
          await manager.open(log.urlOf(item))
          const answer = await manager.submit(`${log.urlOf(item)}/status`, fields, 'PUT')
          answer.assertStatus(303)
          const allowed = legal[type][from].includes(to)
          const row = await log.fresh(item)
          assert.equal(row.status, allowed ? to : from, `${from} to ${to}`)
          assert.equal(
            row.closed_on !== null,
            isSettled(type, row.status),
            `closed in ${row.status}`
          )
          if (allowed) version++
          assert.equal(row.lock_version, version)
        }
        assert.sameMembers(nextStatuses(type, from), legal[type][from])
      }
    })
  }

  test('a move is recorded once, with before and after', async ({ assert }) => {
    const item = await log.raise('risk')
    await manager.open(log.urlOf(item))
    const page = await manager.submitAndFollow(
      `${log.urlOf(item)}/status`,
      { status: 'closed', lock_version: 1 },
      'PUT'
    )
    assert.include(page.text(), 'is now closed')
    const [, moved, ...rest] = await log.events(item.id)
    assert.equal(moved.action, 'raid_item.status_changed')
    assert.deepEqual(moved.values.status, { before: 'open', after: 'closed' })
    assert.lengthOf(rest, 0)
  })

  test('a move leads back to where it was made, or else to the entry', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('issue')
    const place = `${log.urlOf(item)}?since=yesterday`
    await manager.open(place)
    const url = `${log.urlOf(item)}/status`
    const moved = await manager.submit(url, { status: 'in_progress', lock_version: 1 }, 'PUT')
    moved.assertHeader('location', place)
    const again = { status: 'resolved', lock_version: 2 }
    const bare = await client.put(url).as(log.people.manager).form(again)
    assert.equal(bare.header('location'), log.urlOf(item))
  })

  test('an illegal move says so on the page and is not recorded', async ({ assert }) => {
    const item = await log.raise('issue')
    await manager.open(log.urlOf(item))
    await manager.submit(
      `${log.urlOf(item)}/status`,
      { status: 'in_progress', lock_version: 1 },
      'PUT'
    )
    const page = await manager.submitAndFollow(
      `${log.urlOf(item)}/status`,
      { status: 'closed', lock_version: 2 },
      'PUT'
    )
    assert.include(page.text(), 'In progress cannot become Closed')
    assert.lengthOf(await log.events(item.id), 2)
  })

  test('a risk is realised only by becoming an issue', async ({ assert }) => {
    const item = await log.raise('risk')
    await manager.open(log.urlOf(item))
    const page = await manager.submitAndFollow(
      `${log.urlOf(item)}/status`,
      { status: 'realised', lock_version: 1 },
      'PUT'
    )
    assert.include(page.text(), 'Open cannot become Realised')
  })

  test('a false assumption needs a reason, asked for on the page', async ({ assert }) => {
    const item = await log.raise('assumption')
    const first = await manager.open(log.urlOf(item))
    assert.notInclude(first.text(), 'Enter why it proved false')
    const asked = await manager.submitAndFollow(
      `${log.urlOf(item)}/status`,
      { status: 'invalidated', lock_version: 1 },
      'PUT'
    )
    assert.include(asked.text(), 'Enter why it proved false')
    assert.equal((await log.fresh(item)).status, 'unvalidated')
    const fields = { status: 'invalidated', reason: 'The quay is *shallow*', lock_version: 1 }
    const done = await manager.submitAndFollow(`${log.urlOf(item)}/status`, fields, 'PUT')
    assert.include(done.text(), 'The quay is <em>shallow</em>')
    assert.equal((await log.fresh(item)).status, 'invalidated')
  })

  test('a false assumption may link the entry it led to instead', async ({ assert }) => {
    const [assumption, risk] = [await log.raise('assumption'), await log.raise('risk')]
    const linked = await manager.submit(`${log.urlOf(assumption)}/links`, {
      ref: risk.ref,
      kind: 'invalidated_by',
    })
    linked.assertStatus(303)
    const fields = { status: 'invalidated', lock_version: 1 }
    await manager.submit(`${log.urlOf(assumption)}/status`, fields, 'PUT')
    assert.equal((await log.fresh(assumption)).status, 'invalidated')
  })

  test('a rejected entry does not count as what it led to', async ({ assert }) => {
    const assumption = await log.raise('assumption')
    const risk = await log.raise('risk', { status: 'rejected' })
    await log.world.inside(() => RaidLink.join(assumption, risk, 'invalidated_by'))
    await manager.open(log.urlOf(assumption))
    const fields = {
      status: 'invalidated',
      lock_version: (await log.fresh(assumption)).lock_version,
    }
    const asked = await manager.submitAndFollow(`${log.urlOf(assumption)}/status`, fields, 'PUT')
    assert.include(asked.text(), 'Enter why it proved false')
    assert.equal((await log.fresh(assumption)).status, 'unvalidated')
  })

  test('a decision that is taken says on which day, unless another was told', async ({
    assert,
  }) => {
    const today = DateTime.utc().toISODate()
    const days = { taken: {}, told: { decidedOn: '2026-01-15' } }
    const kept: Record<string, string> = {}
    for (const [name, attributes] of Object.entries(days)) {
      const item = await log.raise('decision', attributes)
      await manager.open(log.urlOf(item))
      const fields = { status: 'decided', lock_version: 1 }
      const page = await manager.submitAndFollow(`${log.urlOf(item)}/status`, fields, 'PUT')
      assert.notInclude(page.text(), 'Not yet')
      kept[name] = String((await log.fresh(item)).decided_on)
    }
    assert.deepEqual(kept, { taken: today, told: '2026-01-15' })
  })

  test('a decider who may not record the decision is told how', async ({ assert, client }) => {
    const { sponsor, viewer } = log.people
    const item = await log.raise('decision', { deciderId: sponsor.membershipId })
    const seen = async (person: Person) =>
      (await (await Walk.begin(client, person)).open(log.urlOf(item))).text()
    assert.include(await seen(sponsor), 'Add a comment with what you decide')
    for (const other of [viewer, log.people.manager])
      assert.notInclude(await seen(other), 'Add a comment with what you decide')
    assert.notInclude(await seen(viewer), 'no longer a member')
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [
      sponsor.membershipId,
    ])
    assert.include(await seen(viewer), '(no longer a member)')
    await sql(admin(), `update memberships set status = 'active' where id = ?`, [
      sponsor.membershipId,
    ])
  })

  test('an older page is refused, and so is the slower of two', async ({ assert, client }) => {
    const item = await log.raise('risk')
    const answers = await Promise.all(
      ['treating', 'monitoring'].map((status) =>
        manager.submit(`${log.urlOf(item)}/status`, { status, lock_version: 1 }, 'PUT')
      )
    )
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [303, 409])
    const stale = answers.find((answer) => answer.status() === 409)!
    assert.include(stale.text(), 'Changed by someone else')
    assert.lengthOf(await log.events(item.id), 2)
    const missing = await manager.submit(`${log.urlOf(item)}/status`, { status: 'closed' }, 'PUT')
    missing.assertStatus(303)
    assert.lengthOf(await log.events(item.id), 2)
    assert.isDefined(client)
  })

  for (const { role, status, name } of casesOf(MANAGED)) {
    test(name, async ({ assert, client }) => {
      const item = await log.raise('risk')
      const walk = await Walk.begin(client, log.people[role])
      const answer = await walk.submit(
        `${log.urlOf(item)}/status`,
        { status: 'treating', lock_version: 1 },
        'PUT'
      )
      answer.assertStatus(status)
      assert.lengthOf(await log.events(item.id), status === 303 ? 2 : 1)
    })
  }
})
