import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { morningRound } from '#models/morning/round'
import Notification from '#models/notification'
import NotificationPreference from '#models/notification_preference'
import OutboxMail from '#models/outbox_mail'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { inDays, Table } from '#tests/support/table'
import { register, World, type Person } from '#tests/support/world'

const round = (world: World, at: string | DateTime) =>
  world.inside(() =>
    morningRound(typeof at === 'string' ? DateTime.fromISO(at, { zone: 'utc' }) : at)
  )

async function setUp() {
  const world = await World.create()
  const project = await world.project()
  const team = await world.person('team')
  return { world, project, team }
}

function addTask(world: World, project: Project, { membershipId }: Person, dueOn: string) {
  return world.inside(() =>
    Task.add(project, { title: `Survey by ${dueOn}`, assigneeId: membershipId, dueOn })
  )
}

function raise(world: World, project: Project, attributes: Partial<RaidItem>) {
  return world.inside(() =>
    RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Pump fails', ...attributes })
  )
}

async function inZone({ userId }: Person, zone: string | null) {
  await sql(admin(), 'update users set time_zone = ? where id = ?', [zone, userId])
}

async function told(world: World, kind: string) {
  return world.inside(async () => {
    const rows = await Notification.query().where('kind', kind).orderBy('id')
    const mails = await OutboxMail.query().where('template', 'notification').orderBy('id')
    return { rows, mails: mails.filter(({ idempotencyKey }) => isOf(kind, idempotencyKey)) }
  })
}

function isOf(kind: string, key: string) {
  return key.includes(kind === 'review_due' ? ':review:' : ':overdue:')
}

test.group('In the morning: the digest of what is overdue', () => {
  test('lists tasks, entries and reviews of one reader, the longest overdue first', async ({
    assert,
  }) => {
    const { world, project, team } = await setUp()
    const later = await addTask(world, project, team, '2026-03-03')
    const first = await addTask(world, project, team, '2026-03-01')
    await addTask(world, project, team, '2026-03-04')
    const done = await addTask(world, project, team, '2026-03-01')
    await world.inside(() => done.move('done', { lockVersion: 1 }))
    const ownerId = team.membershipId
    const entry = await raise(world, project, { ownerId, dueOn: '2026-02-20' })
    const kept = await raise(world, project, {
      ownerId,
      dueOn: '2026-02-21',
      title: 'Secret talks',
      sensitivity: 'named_people',
    })
    const review = await raise(world, project, { ownerId, nextReviewOn: '2026-03-03' })
    await raise(world, project, { ownerId, dueOn: '2026-02-20', status: 'closed' })
    await round(world, '2026-03-04T07:00:00Z')
    const { rows, mails } = await told(world, 'overdue_digest')
    assert.lengthOf(mails, 1)
    assert.lengthOf(rows, 1)
    assert.equal(mails[0].subject, 'You have 5 overdue items')
    const link = (path: string) =>
      `${process.env.APP_URL}${path}?organisation=${world.organisationId}`
    const base = `/projects/${project.id}`
    assert.equal(
      mails[0].textBody,
      `You have 5 overdue items

Tasks:
- ${first.ref} Survey by 2026-03-01 (1 Mar 2026)
  ${link(`${base}/tasks/${first.id}`)}
- ${later.ref} Survey by 2026-03-03 (3 Mar 2026)
  ${link(`${base}/tasks/${later.id}`)}

RAID entries:
- ${entry.ref} Pump fails (20 Feb 2026)
  ${link(`${base}/raid/${entry.id}`)}
- ${kept.ref} (21 Feb 2026)
  ${link(`${base}/raid/${kept.id}`)}

Reviews:
- ${review.ref} Pump fails (3 Mar 2026)
  ${link(`${base}/raid/${review.id}`)}

See my work:
${link('/work')}

--
You get emails like this when your work becomes overdue, and each week while it is, in one list at 7am.
Stop emails like this: ${mails[0].unsubscribeUrl}
`
    )
    assert.include(mails[0].htmlBody!, `href="${link(`${base}/tasks/${first.id}`)}"`)
    assert.notInclude(`${mails[0].textBody}${mails[0].htmlBody}`, 'Secret')
    assert.equal(rows[0].path, '/work')
  })

  test('says how many more there are than it lists', async ({ assert }) => {
    const { world, project, team } = await setUp()
    for (let count = 0; count < 13; count++) await addTask(world, project, team, '2026-03-01')
    await round(world, '2026-03-04T07:00:00Z')
    const { mails } = await told(world, 'overdue_digest')
    assert.equal(mails[0].subject, 'You have 13 overdue items')
    assert.include(mails[0].textBody!, '- and 3 more')
    assert.lengthOf(mails[0].textBody!.match(/Survey by/g)!, 10)
  })

  test('nobody is told of nothing, of others’ work, or of projects they no longer see', async ({
    assert,
  }) => {
    const { world, project, team } = await setUp()
    const [viewer, decider] = [await world.person('viewer'), await world.person('gate_decider')]
    await addTask(world, project, team, '2026-03-04')
    await addTask(world, project, viewer, '2026-03-01')
    await addTask(world, project, decider, '2026-03-01')
    await sql(admin(), 'delete from project_members where membership_id = ?', [viewer.membershipId])
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [
      decider.membershipId,
    ])
    await round(world, '2026-03-04T07:00:00Z')
    const { rows, mails } = await told(world, 'overdue_digest')
    assert.deepEqual([rows.length, mails.length], [0, 0])
  })

  test('nobody is reminded of a project that is over, until it is taken up again', async ({
    assert,
  }) => {
    const { world, project, team } = await setUp()
    const ownerId = team.membershipId
    await addTask(world, project, team, '2026-03-01')
    await raise(world, project, { ownerId, dueOn: '2026-03-01', nextReviewOn: '2026-03-04' })
    const become = (status: string) =>
      sql(admin(), 'update projects set status = ? where id = ?', [status, project.id])
    const counts = async () => [
      (await told(world, 'overdue_digest')).rows.length,
      (await told(world, 'review_due')).rows.length,
    ]
    for (const status of ['closed', 'cancelled']) {
      await become(status)
      await round(world, '2026-03-04T07:00:00Z')
      assert.deepEqual(await counts(), [0, 0])
    }
    await become('active')
    await round(world, '2026-03-04T07:15:00Z')
    assert.deepEqual(await counts(), [1, 1])
  })

  test('comes once a day, whoever runs the round and however often', async ({ assert }) => {
    const { world, project, team } = await setUp()
    await addTask(world, project, team, '2026-03-01')
    const at = DateTime.fromISO('2026-03-04T07:00:00Z', { zone: 'utc' })
    await Promise.all(Array.from({ length: 5 }, () => round(world, at)))
    for (let minutes = 15; minutes < 24 * 60; minutes += 15) {
      await round(world, at.plus({ minutes }))
    }
    assert.lengthOf((await told(world, 'overdue_digest')).mails, 1)
  })

  test('comes again with what became overdue since, and after a week without', async ({
    assert,
  }) => {
    const { world, project, team } = await setUp()
    await addTask(world, project, team, '2026-03-01')
    await addTask(world, project, team, '2026-03-05')
    const days: string[] = []
    for (let day = 2; day < 25; day++) {
      const at = `2026-03-${String(day).padStart(2, '0')}`
      await round(world, `${at}T07:00:00Z`)
      const { mails } = await told(world, 'overdue_digest')
      if (mails.length > days.length) days.push(at)
    }
    assert.deepEqual(days, ['2026-03-02', '2026-03-06', '2026-03-13', '2026-03-20'])
  })

  test('lists gates that are expected by now to their manager, and conditions to their owner', async ({
    assert,
  }) => {
    const table = await Table.create()
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    await table.propose(review, { dueOn: inDays(1) })
    await table.decide(review, 'approved_with_conditions')
    const condition = await table.condition()
    const [, gate, submitted] = table.gates.map((one) => one.refersTo(table.project))
    const past = inDays(-3)
    await table.quietly('update gates set forecast_on = ? where id in (?, ?)', [
      past,
      gate.id,
      submitted.id,
    ])
    await table.quietly(`update gates set status = 'submitted' where id = ?`, [submitted.id])
    await table.quietly('update tasks set due_on = ? where gate_condition_id = ?', [
      inDays(-2),
      condition.id,
    ])
    await table.quietly('update gate_conditions set due_on = ? where id = ?', [
      inDays(-2),
      condition.id,
    ])
    await round(table.world, DateTime.utc().set({ hour: 8 }))
    const { mails } = await told(table.world, 'overdue_digest')
    assert.lengthOf(mails, 1)
    const { textBody, membershipId } = mails[0]
    assert.equal(membershipId, table.people.manager.membershipId)
    assert.include(mails[0].subject!, 'You have 2 overdue items', 'a condition stands for its task')
    assert.include(textBody!, `Gates expected by now:\n- ${gate.ref} ${gate.name}`)
    assert.include(textBody!, `Conditions:\n- ${condition.ref} Permit is granted`)
    assert.include(textBody!, `${table.base}/conditions/${condition.id}`)
    assert.notInclude(textBody!, submitted.ref)
  })

  test('a round that breaks off tells nobody, and the next tells everybody', async ({ assert }) => {
    const { world, project, team } = await setUp()
    await addTask(world, project, team, '2026-03-01')
    const broken = world.inside(async () => {
      await morningRound(DateTime.fromISO('2026-03-04T07:00:00Z'))
      throw new Error('the worker died')
    })
    await assert.rejects(() => broken, 'the worker died')
    assert.lengthOf((await told(world, 'overdue_digest')).mails, 0)
    await round(world, '2026-03-04T07:15:00Z')
    assert.lengthOf((await told(world, 'overdue_digest')).mails, 1)
  })

  test('a mail without an inbox notice comes once too', async ({ assert }) => {
    const { world, project, team } = await setUp()
    await addTask(world, project, team, '2026-03-01')
    const { membershipId } = team
    await world.inside(() =>
      NotificationPreference.change(membershipId, { overdue_digest: { inApp: false } })
    )
    for (const at of ['07:00', '07:15', '08:45']) await round(world, `2026-03-04T${at}:00Z`)
    const { rows, mails } = await told(world, 'overdue_digest')
    assert.deepEqual([rows.length, mails.length], [0, 1])
  })

  test('costs as many queries for many readers as for few', async ({ assert }) => {
    const { world, project, team } = await setUp()
    await addTask(world, project, team, '2026-03-01')
    await round(world, '2026-03-03T07:00:00Z')
    await addTask(world, project, team, '2026-03-03')
    const few = await countQueries(() => round(world, '2026-03-04T07:00:00Z'))
    await world.inside(() => project.merge({ visibility: 'organisation' }).save())
    for (let count = 0; count < 12; count++) {
      const person = await world.join(await register('one'))
      for (let tasks = 0; tasks < 3; tasks++) await addTask(world, project, person, '2026-03-01')
    }
    assert.equal(await countQueries(() => round(world, '2026-03-05T07:00:00Z')), few)
    assert.lengthOf((await told(world, 'overdue_digest')).mails, 2 + 12)
  })
})

test.group('In the morning: seven o’clock where the reader is', () => {
  async function minutesTold(zone: string | null, from: string, to: string, organisation = 'UTC') {
    const { world, project, team } = await setUp()
    await sql(admin(), 'update organisations set time_zone = ? where id = ?', [
      organisation,
      world.organisationId,
    ])
    await inZone(team, zone)
    // Each day something else becomes overdue.
    const first = DateTime.fromISO(from, { zone: 'utc' }).minus({ days: 1 })
    for (let days = 0; days < 3; days++) {
      await addTask(world, project, team, first.plus({ days }).toISODate()!)
    }
    const found: string[] = []
    const end = DateTime.fromISO(to, { zone: 'utc' })
    let at = DateTime.fromISO(from, { zone: 'utc' })
    while (at < end) {
      const before = (await told(world, 'overdue_digest')).mails.length
      await round(world, at)
      const { mails } = await told(world, 'overdue_digest')
      if (mails.length > before) found.push(at.toFormat('LL-dd HH:mm'))
      at = at.plus({ minutes: 15 })
    }
    return found
  }

  for (const [zone, from, to, expected] of [
    ['UTC', '2026-03-03T00:00Z', '2026-03-05T00:00Z', ['03-03 07:00', '03-04 07:00']],
    // Clocks go forward in the night before the 29th, and back in the night before the 25th.
    ['Europe/London', '2026-03-28T05:00Z', '2026-03-29T09:00Z', ['03-28 07:00', '03-29 06:00']],
    ['Europe/London', '2026-10-24T05:00Z', '2026-10-25T09:00Z', ['10-24 06:00', '10-25 07:00']],
    ['America/New_York', '2026-11-01T10:00Z', '2026-11-01T14:00Z', ['11-01 12:00']],
    ['Asia/Kathmandu', '2026-03-03T23:00Z', '2026-03-04T03:00Z', ['03-04 01:15']],
    ['Pacific/Kiritimati', '2026-03-03T16:00Z', '2026-03-03T19:00Z', ['03-03 17:00']],
  ] as const) {
    test(`in ${zone} from ${from}`, async ({ assert }) => {
      assert.deepEqual(await minutesTold(zone, from, to), [...expected])
    })
  }

  test('who chose no zone follows the organisation’s', async ({ assert }) => {
    const [from, to] = ['2026-07-01T04:00Z', '2026-07-01T08:00Z']
    assert.deepEqual(await minutesTold(null, from, to, 'Europe/Berlin'), ['07-01 05:00'])
  })

  test('overdue is what was due before the reader’s own day', async ({ assert }) => {
    const { world, project, team } = await setUp()
    await inZone(team, 'Pacific/Kiritimati')
    await addTask(world, project, team, '2026-03-03')
    await round(world, '2026-03-02T17:00:00Z')
    assert.lengthOf((await told(world, 'overdue_digest')).mails, 0)
    await round(world, '2026-03-03T17:00:00Z')
    const { mails } = await told(world, 'overdue_digest')
    assert.match(mails[0].idempotencyKey, /overdue:2026-03-04$/)
  })

  test('a worker that comes back by ten still tells; later it is the next day’s', async ({
    assert,
  }) => {
    const { world, project, team } = await setUp()
    await addTask(world, project, team, '2026-03-01')
    await round(world, '2026-03-04T10:00:00Z')
    assert.lengthOf((await told(world, 'overdue_digest')).mails, 0)
    await round(world, '2026-03-04T09:45:00Z')
    assert.lengthOf((await told(world, 'overdue_digest')).mails, 1)
  })
})

test.group('In the morning: reviews', () => {
  test('are told to the owner once for each date that is reached', async ({ assert }) => {
    const { world, project, team } = await setUp()
    const ownerId = team.membershipId
    const item = await raise(world, project, { ownerId, nextReviewOn: '2026-03-04' })
    await raise(world, project, { ownerId, nextReviewOn: '2026-03-05' })
    await raise(world, project, { ownerId, nextReviewOn: '2026-02-01' })
    await raise(world, project, { ownerId, nextReviewOn: '2026-03-04', status: 'closed' })
    await raise(world, project, { nextReviewOn: '2026-03-04' })
    await round(world, '2026-03-03T07:00:00Z')
    assert.lengthOf((await told(world, 'review_due')).rows, 0)
    for (const day of ['04', '04', '05']) await round(world, `2026-03-${day}T07:00:00Z`)
    const { rows, mails } = await told(world, 'review_due')
    assert.lengthOf(rows, 2)
    assert.lengthOf(mails, 2)
    assert.deepInclude(rows[0].$attributes, {
      membershipId: ownerId,
      title: `${item.ref} Pump fails is due for review`,
      path: `/projects/${project.id}/raid/${item.id}`,
      key: `review:${item.id}:2026-03-04`,
    })
    await world.inside(() => item.merge({ nextReviewOn: '2026-03-06' }).save())
    await round(world, '2026-03-06T07:00:00Z')
    assert.lengthOf((await told(world, 'review_due')).rows, 3)
  })

  test('of what is kept to a few people are told by ref alone', async ({ assert }) => {
    const { world, project, team } = await setUp()
    const item = await raise(world, project, {
      ownerId: team.membershipId,
      nextReviewOn: '2026-03-04',
      sensitivity: 'named_people',
    })
    await round(world, '2026-03-04T07:00:00Z')
    const { rows } = await told(world, 'review_due')
    assert.equal(rows[0].title, `${item.ref} is due for review`)
  })
})
