import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { acknowledgeBy, alarmDue, daysLeft, latestExtension } from '#models/privacy_request/clock'
import { sql } from '#tenancy/sql'

/** What the database makes of days of receipt, by the very expressions of its generated columns. */
async function datesFor(from: string, to = from) {
  const made = await sql<{ name: string; expression: string }>(
    db,
    `select attname as name, pg_get_expr(adbin, adrelid) as expression
       from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
      where adrelid = 'privacy_requests'::regclass and attname in ('due_on', 'target_on')
      order by attname`
  )
  const [due, target] = made.map(({ expression }) => `to_char(${expression}, 'YYYY-MM-DD')`)
  return sql<{ day: string; due: string; target: string; latest: string }>(
    db,
    `select to_char(received_on, 'YYYY-MM-DD') as day, ${due} as due, ${target} as target,
            to_char(received_on + interval '3 months', 'YYYY-MM-DD') as latest
       from generate_series(?::timestamp, ?::timestamp, '1 day') as series (at)
       cross join lateral (select at::date as received_on) received`,
    [from, to]
  )
}

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
    .run(async ({ assert }, { received, due }) => {
      const [dates] = await datesFor(received)
      assert.equal(dates.due, due)
    })

  test('leaves 28 to 30 days, on every day of five years', async ({ assert }) => {
    const rows = await datesFor('2026-01-01', '2030-12-31')
    assert.lengthOf(rows, 1826)
    for (const { day, due, target, latest } of rows) {
      assert.equal(latestExtension(day), latest, day)
      assert.isTrue(daysLeft(due, day) <= 30 && daysLeft(due, day) >= 28, day)
      assert.equal(daysLeft(target, day), 28, day)
    }
  })

  test('gives 30 days to acknowledge a complaint', ({ assert }) => {
    assert.equal(acknowledgeBy('2026-07-01'), '2026-07-31')
  })

  test('warns on day 25 and on day 29, and before a due date that comes sooner', ({ assert }) => {
    const due = '2026-07-31'
    assert.isNull(alarmDue(due, '2026-07-25'))
    assert.equal(alarmDue(due, '2026-07-26'), 'alarm_first')
    assert.equal(alarmDue(due, '2026-07-29'), 'alarm_first')
    assert.equal(alarmDue(due, '2026-07-30'), 'alarm_last')
    assert.equal(alarmDue(due, '2026-08-15'), 'alarm_last')
    assert.equal(alarmDue('2026-02-28', '2026-02-27'), 'alarm_last')
  })
})
