import { test } from '@japa/runner'
import { byName } from '#models/text/names'

test.group('Names', () => {
  test('are sorted as in a dictionary', ({ assert }) => {
    const names = [
      'Zoe',
      'Ärmel',
      'anna',
      'Émile',
      'Åsa',
      'Bob',
      'İrem',
      'Armstrong',
      'שרה',
      '王小明',
    ]
    const found = byName(names.map((name) => ({ name }))).map(({ name }) => name)
    assert.deepEqual(found, [
      'anna',
      'Ärmel',
      'Armstrong',
      'Åsa',
      'Bob',
      'Émile',
      'İrem',
      'Zoe',
      'שרה',
      '王小明',
    ])
  })
})
