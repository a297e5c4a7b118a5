import { test } from '@japa/runner'
import type { Rating } from '#models/health/enumerations'
import { comparisonOf, trendOf } from '#pages/project_health/words'
import { sparkline } from '#pages/project_health/sparkline'

const point = (on: string, rating: Rating, computed: Rating = 'green') => ({
  at: new Date(`${on}T00:00:00Z`),
  rating,
  computed,
})

test.group('Health in words', () => {
  test('says which way declared and computed differ', ({ assert }) => {
    const said = (rating: Rating, differenceReason: string | null = null) => ({
      rating,
      differenceReason,
    })
    assert.equal(comparisonOf(said('green'), 'red').text, 'Declared two steps better than computed')
    assert.equal(comparisonOf(said('red'), 'amber').text, 'Declared one step worse than computed')
    assert.isNull(comparisonOf(said('green'), 'not_rated').text)
    assert.isNull(comparisonOf(null, 'red').text)
    assert.isNull(comparisonOf(said('not_rated'), 'green').text)
    assert.equal(
      comparisonOf(said('not_rated'), 'amber').text,
      'Left unrated although the records show a problem'
    )
  })

  test('misses a reason only where it is declared better', ({ assert }) => {
    const unexplained = (rating: Rating, differenceReason: string | null) =>
      comparisonOf({ rating, differenceReason }, 'amber').isUnexplained
    assert.isTrue(unexplained('green', null))
    assert.isFalse(unexplained('green', 'It recovers'))
    assert.isFalse(unexplained('red', null))
    assert.isTrue(unexplained('not_rated', null))
    assert.isFalse(unexplained('not_rated', 'It is planned anew'))
  })

  test('a trend needs two ratings', ({ assert }) => {
    assert.equal(trendOf('green', 'red')?.text, 'worse than before')
    assert.equal(trendOf('red', 'amber')?.text, 'better than before')
    assert.equal(trendOf('red', 'red')?.text, 'unchanged')
    assert.isNull(trendOf(null, 'red'))
    assert.isNull(trendOf('not_rated', 'red'))
  })
})

test.group('The drawing of a rating along time', () => {
  const now = new Date('2026-03-03T00:00:00Z')

  test('falls as the rating does, and reaches today', ({ assert }) => {
    const drawn = sparkline([point('2026-03-01', 'green'), point('2026-03-02', 'red')], now)!
    assert.equal(drawn.declared, 'M5 5H56V25H107')
    assert.equal(drawn.computed, 'M5 5H56V5H107')
    assert.deepEqual(drawn.end, { x: 107, y: 25, rating: 'red' })
    assert.equal(drawn.summary, 'green from 1 Mar 2026, red from 2 Mar 2026')
  })

  test('breaks where nothing was rated', ({ assert }) => {
    const drawn = sparkline([point('2026-03-01', 'amber'), point('2026-03-02', 'not_rated')], now)!
    assert.equal(drawn.declared, 'M5 15H56')
    assert.isNull(drawn.end)
  })

  test('is empty before anything was declared', ({ assert }) => {
    assert.isNull(sparkline([], now))
  })
})
