import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { morningRound } from '#models/morning/round'
import NotificationPreference from '#models/notification_preference'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { inDays, Table } from '#tests/support/table'
import { register } from '#tests/support/world'
import { addTask, raise, round, setUp, told } from '#tests/support/mornings'

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
Testing Ltd

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

  test('nobody gets an empty digest, others’ work, or projects they no longer see', async ({
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
