import { test } from '@japa/runner'
import { spreadOf } from '#models/deciding/poll'

test.group('Spread of a confidence poll', () => {
  test('shows lowest, median, highest and the count of each score', ({ assert }) => {
    assert.deepEqual(spreadOf([9, 2, 7]), {
      answers: 3,
      low: 2,
      high: 9,
      median: 7,
      counts: [0, 1, 0, 0, 0, 0, 1, 0, 1, 0],
    })
    assert.equal(spreadOf([3, 8])?.median, 5.5)
    assert.equal(spreadOf([10, 10, 1, 1])?.median, 5.5)
  })

  test('is empty when nobody answered', ({ assert }) => {
    assert.isNull(spreadOf([]))
  })
})
