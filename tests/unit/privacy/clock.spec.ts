import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { alarmDue, daysLeft, dueOn, latestExtension, targetOn } from '#models/privacy_request/clock'
import { sql } from '#tenancy/sql'

test.group('The clock of a request', () => {
  test('received {received}, due {due}')
    .with([
      { received: '2026-01-30', due: '2026-02-28' },
      { received: '2026-01-31', due: '2026-02-28' },
      { received: '2028-01-30', due: '2028-02-29' },
      { received: '2028-01-31', due: '2028-02-29' },
      { received: '2026-02-01', due: '2026-03-01' },
      { received: '2026-02-28', due: '2026-03-28' },
      { received: '2028-02-29', due: '2028-03-29' },
      { received: '2026-03-31', due: '2026-04-30' },
      { received: '2026-04-30', due: '2026-05-30' },
      { received: '2026-07-01', due: '2026-07-31' },
      { received: '2026-12-31', due: '2027-01-30' },
    ])
    .run(({ assert }, { received, due }) => assert.equal(dueOn(received), due))

  test('is the database’s own, on every day of five years', async ({ assert }) => {
    const rows = await sql(
      db,
      `select to_char(d, 'YYYY-MM-DD') as day,
              to_char(least(d::date + 30, (d::date + interval '1 month')::date), 'YYYY-MM-DD') as due,
              to_char(least(d::date + 28, (d::date + interval '1 month')::date), 'YYYY-MM-DD') as target,
              to_char((d::date + interval '3 months')::date, 'YYYY-MM-DD') as latest
         from generate_series('2026-01-01'::date, '2030-12-31', '1 day') d`
    )
    assert.lengthOf(rows, 1826)
    for (const { day, due, target, latest } of rows) {
      assert.equal(dueOn(day), due, day)
      assert.equal(targetOn(day), target, day)
      assert.equal(latestExtension(day), latest, day)
      assert.isTrue(daysLeft(due, day) <= 30 && daysLeft(due, day) >= 28, day)
    }
  })

  test('warns on day 25 and on day 29, and before a due date that comes sooner', ({ assert }) => {
    const due = dueOn('2026-07-01')
    assert.isNull(alarmDue(due, '2026-07-25'))
    assert.equal(alarmDue(due, '2026-07-26'), 'alarm_first')
    assert.equal(alarmDue(due, '2026-07-29'), 'alarm_first')
    assert.equal(alarmDue(due, '2026-07-30'), 'alarm_last')
    assert.equal(alarmDue(due, '2026-08-15'), 'alarm_last')
    assert.equal(alarmDue(dueOn('2026-01-31'), '2026-02-27'), 'alarm_last')
  })
})
