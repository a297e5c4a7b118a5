import { test } from '@japa/runner'
import { beginning } from '#models/text/beginning'

test.group('The beginning of a text', () => {
  for (const [what, text, most, expected] of [
    ['is the whole where it fits', 'Pump station', 12, 'Pump station'],
    ['says that it is one', 'Pump station', 11, 'Pump stati…'],
    ['ends with no blank', 'Pump station', 6, 'Pump…'],
    ['holds no half of an emoji', 'ab🌉cd', 4, 'ab…'],
    ['holds a family whole or not at all', 'ab👩‍👩‍👧‍👦cd', 9, 'ab…'],
    ['holds a flag whole or not at all', 'ab🇳🇿cd', 6, 'ab…'],
    ['leaves an accent with its letter', 'cafe\u0301 noir', 5, 'caf…'],
    ['leaves a vowel sign with its letter', 'नमस्ते', 5, 'नम…'],
  ] as const) {
    test(what, ({ assert }) => assert.equal(beginning(text, most), expected))
  }

  test('is found in a far longer text, and after any mark', ({ assert }) => {
    const text = '👩‍👩‍👧‍👦'.repeat(3000)
    assert.equal(beginning(text, 1000), `${'👩‍👩‍👧‍👦'.repeat(90)}…`)
    assert.equal(beginning('Pump station', 10, ' and more'), 'P and more')
  })

  test('is cut anywhere where marks have no end', ({ assert }) => {
    const cut = beginning(`a${'\u0301'.repeat(500)}`, 300)
    assert.lengthOf(cut, 300)
    assert.lengthOf(beginning(`a${'\u0301'.repeat(500)}`, 20), 20)
  })
})
