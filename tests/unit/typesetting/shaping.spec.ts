import { test } from '@japa/runner'
import { runsOf } from '#exports/typesetting/fonts'
import { shape, type Direction } from '#exports/typesetting/shaping'
import { SCRIPTS } from '#tests/support/scripts'

function glyphsOf(text: string, direction: Direction) {
  return runsOf(text, 'regular', false).flatMap((run) => shape(run.path, run.text, direction))
}

const drawn = (text: string, direction: Direction) =>
  glyphsOf(text, direction).map(({ pieces }) => pieces.map(({ id }) => id).join('+'))

const copied = (text: string, direction: Direction) => {
  const glyphs = glyphsOf(text, direction).map(({ codePoints }) =>
    String.fromCodePoint(...codePoints)
  )
  return direction === 'rtl' ? glyphs.toReversed() : glyphs
}

test.group('Shaping', () => {
  test('joins Arabic letters by where they stand in their word', ({ assert }) => {
    const forms = new Set([...drawn('ه', 'rtl'), ...drawn('ههه', 'rtl')])
    assert.lengthOf([...forms], 4)
    assert.notEqual(drawn('لا', 'rtl')[1], drawn('ل', 'rtl')[0])
  })

  test('draws right-to-left text from left to right', ({ assert }) => {
    assert.deepEqual(drawn('אב', 'rtl'), [...drawn('אב', 'ltr')].toReversed())
  })

  test('turns brackets that are read from the right', ({ assert }) => {
    assert.deepEqual(drawn('(', 'rtl'), drawn(')', 'ltr'))
  })

  test('moves a vowel sign before its letter, and copies them as they are read', ({ assert }) => {
    assert.deepEqual(copied('कि', 'ltr'), ['कि'])
    assert.lengthOf(glyphsOf('कि', 'ltr')[0].pieces, 2)
  })

  for (const [script, text] of Object.entries(SCRIPTS)) {
    test(`copies ${script} letter for letter`, ({ assert }) => {
      const isFromRight = ['Hebrew', 'Arabic', 'Thaana'].includes(script)
      for (const word of text.normalize('NFC').split(' ')) {
        assert.equal(copied(word, isFromRight ? 'rtl' : 'ltr').join(''), word)
      }
    })
  }
})
