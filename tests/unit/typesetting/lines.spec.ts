import { test } from '@japa/runner'
import fc from 'fast-check'
import { Typesetter } from '#exports/typesetting/typesetter'

const linesOf = (text: string, width: number) => new Typesetter().lines(text, width, 'regular')

const said = (text: string, width: number) =>
  linesOf(text, width).map(({ parts }) => parts.map((part) => part.text).join(''))

test.group('Lines', () => {
  test('end at spaces, and where an author ended them', ({ assert }) => {
    assert.deepEqual(said('The quay sinks', 5), ['The quay', 'sinks'])
    assert.deepEqual(said('One\r\n\r\nTwo\tand\u2028three', 20), ['One', '', 'Two and', 'three'])
  })

  test('cut a word only where it is longer than a line, and never a letter', ({ assert }) => {
    assert.deepEqual(said('a wwwwww', 2), ['a', 'ww', 'ww', 'ww'])
    assert.deepEqual(said('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 3), ['👨‍👩‍👧👨‍👩‍👧', '👨‍👩‍👧'])
    assert.deepEqual(said('ww', 0.1), ['w', 'w'])
  })

  test('of scripts without spaces end between words', ({ assert }) => {
    assert.deepEqual(said('กำลังสำรวจท่าเรือ', 5), ['กำลังสำรวจ', 'ท่าเรือ'])
    assert.deepEqual(said('码头正在。重新勘测', 4), ['码头正', '在。重新', '勘测'])
  })

  test('read from the right are broken before they are turned', ({ assert }) => {
    const text = 'הרציף נסקר שוב כי Deloitte מצאה 15 חללים'
    const lines = linesOf(text, 9)
    assert.equal(said(text, 9).join(' '), text)
    assert.isAbove(lines.length, 2)
    for (const { direction, width, parts } of lines) {
      assert.equal(direction, 'rtl')
      assert.isAtMost(width, 9)
      const first = parts[0].x
      assert.equal(first, Math.max(...parts.map(({ x }) => x)), 'it begins at the right')
    }
  })

  test('are as high as their letters', ({ assert }) => {
    const height = (text: string) => {
      const [{ above, below }] = linesOf(text, 100)
      return above + below
    }
    assert.closeTo(height('Quay'), 1.36, 0.001)
    assert.isAbove(height('སྐྲ'), height('Quay'))
    assert.isBelow(height('สูง ที่'), 1.9)
  })

  test('take time in proportion to their length', ({ assert }) => {
    const begun = performance.now()
    for (const text of ['w'.repeat(50_000), 'ש'.repeat(50_000), '漢'.repeat(50_000)]) {
      assert.isAbove(linesOf(text, 50).length, 100)
    }
    assert.isBelow(performance.now() - begun, 20_000)
  })

  test('keep whatever was typed', ({ assert }) => {
    const assigned = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/\p{C}/gu, ''))
    const texts = fc.oneof(assigned, fc.string({ unit: 'grapheme' }))
    const bare = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, '')
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 20 }), (text, width) => {
        assert.equal(bare(said(text, width).join('')), bare(text))
      }),
      { seed: 20261128, numRuns: 1000 }
    )
  })
})
