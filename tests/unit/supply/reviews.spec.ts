import { spawnSync } from 'node:child_process'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import app from '@adonisjs/core/services/app'

const SCRIPT = new URL('../../../bin/support/reviews.mjs', import.meta.url).href
const { overdueReviews, readReviews, tellOverdue } = await import(SCRIPT)

type Review = { what: string; how: string; everyMonths: number; doneOn: string }

const reviews: Review[] = readReviews()

/** What must be looked at again by a person, as C35 promises. Time alone fails no test: `npm run reviews` does. */
test.group('Reviews', () => {
  test('each says how it is done, and comes at least once a year', async ({ assert }) => {
    assert.isAtLeast(reviews.length, 5)
    for (const { what, how, everyMonths, doneOn } of reviews) {
      assert.isTrue(what.length > 10 && how.length > 5, what)
      assert.isTrue(everyMonths >= 1 && everyMonths <= 12, what)
      assert.isTrue(DateTime.fromISO(doneOn).isValid, what)
    }
  })

  test('the day after it is due a review is missed', ({ assert }) => {
    const review = { what: 'Roles', how: 'read', everyMonths: 3, doneOn: '2026-11-30' }
    const on = (day: string) => tellOverdue(overdueReviews([review], day))
    assert.isEmpty(on('2027-02-28'))
    assert.deepEqual(on('2027-03-01'), ['OVERDUE  since 2027-02-28: Roles (read)'])
  })

  test('those that are missed are told, and the command ends with 1', ({ assert }) => {
    const run = (day: string) =>
      spawnSync(process.execPath, ['bin/reviews.mjs', day], {
        cwd: app.makePath(),
        encoding: 'utf8',
      })
    const later = run('2099-01-01')
    assert.equal(later.status, 1)
    for (const { what } of reviews) assert.include(later.stdout, what)
    const { status, stdout } = run('2020-01-01')
    assert.equal(status, 0)
    assert.equal(stdout.trim(), 'No review is overdue.')
  })
})
