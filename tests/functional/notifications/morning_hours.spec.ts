import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { Person } from '#tests/support/world'
import { addTask, round, setUp, told } from '#tests/support/mornings'

async function inZone({ userId }: Person, zone: string | null) {
  await sql(admin(), 'update users set time_zone = ? where id = ?', [zone, userId])
}

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
