import { test } from '@japa/runner'
import { ratings, type Rating } from '#models/health/enumerations'
import { ratingView } from '#pages/reports/rating_view'

test.group('A rating as a report shows it', () => {
  test('leads back to green where it is amber or red, whatever an earlier report said', ({
    assert,
  }) => {
    const shown = (Object.keys(ratings) as Rating[]).map((rating) => {
      const { pathToGreen } = ratingView({
        dimension: 'cost',
        rating,
        previous: 'red',
        computed: 'red',
        reason: 'Steel is dear',
        path_to_green: 'Buy in lots',
        difference_reason: 'Not counted yet',
      } as any)
      return [rating, pathToGreen]
    })
    assert.deepEqual(Object.fromEntries(shown), {
      green: null,
      amber: 'Buy in lots',
      red: 'Buy in lots',
      not_rated: null,
    })
  })
})
