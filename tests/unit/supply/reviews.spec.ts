import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import app from '@adonisjs/core/services/app'

type Review = { what: string; how: string; everyMonths: number; doneOn: string }

/** What must be looked at again by a person, and when. A review that is overdue fails the build, as C35 promises. */
function overdue(reviews: Review[], today: DateTime) {
  return reviews
    .map(({ what, doneOn, everyMonths }) => ({
      what,
      due: DateTime.fromISO(doneOn).plus({ months: everyMonths }),
    }))
    .filter(({ due }) => due < today)
    .map(({ what, due }) => `${what}: due on ${due.toISODate()}. See docs/assurance/reviews.json`)
}

async function calendar(): Promise<Review[]> {
  return JSON.parse(await readFile(app.makePath('docs/assurance/reviews.json'), 'utf8'))
}

test.group('Reviews', () => {
  test('none is overdue', async ({ assert }) => {
    assert.deepEqual(overdue(await calendar(), DateTime.utc().startOf('day')), [])
  })

  test('each says how it is done, and comes at least once a year', async ({ assert }) => {
    const reviews = await calendar()
    assert.isAtLeast(reviews.length, 5)
    for (const { what, how, everyMonths, doneOn } of reviews) {
      assert.isTrue(what.length > 10 && how.length > 5, what)
      assert.isTrue(everyMonths >= 1 && everyMonths <= 12, what)
      assert.isTrue(DateTime.fromISO(doneOn) <= DateTime.utc(), what)
    }
  })

  test('the day after it is due a review is missed', ({ assert }) => {
    const review = { what: 'Roles', how: 'read', everyMonths: 3, doneOn: '2026-11-30' }
    const on = (day: string) => overdue([review], DateTime.fromISO(day))
    assert.isEmpty(on('2027-02-28'))
    assert.lengthOf(on('2027-03-01'), 1)
  })
})
