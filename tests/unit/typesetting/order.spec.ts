import { test } from '@japa/runner'
import { Paragraph } from '#exports/typesetting/order'

/** The stretches from left to right on the page; right-to-left ones are in brackets, in reading order. */
function seen(text: string, start = 0, end = text.length) {
  return new Paragraph(text)
    .stretches(start, end)
    .map((one) => (one.direction === 'rtl' ? `[${one.text}]` : one.text))
    .join('|')
}

test.group('The order of a line', () => {
  const cases: [says: string, text: string, order: string][] = [
    ['Latin stays as it is', 'Quay 2 of 3', 'Quay 2 of 3'],
    ['Hebrew is read from the right', 'שלום עולם', '[שלום עולם]'],
    ['numbers in it from the left', 'שלב 12 מתוך 20', '20|[ מתוך ]|12|[שלב ]'],
    ['as are Latin names', 'דוח Deloitte חדש', '[ חדש]|Deloitte|[דוח ]'],
    ['Arabic numerals too', 'المرحلة ٢٣ من', '[ من]|٢٣|[المرحلة ]'],
    ['brackets belong to what surrounds them', 'קורות (שלב א)', '[קורות (שלב א)]'],
    ['a name in an English sentence leaves the rest', 'Owner: דנה, lead', 'Owner: |[דנה]|, lead'],
    ['isolates keep a number apart', 'Owner: \u2067דנה\u2069 3 risks', 'Owner: |[דנה]| 3 risks'],
    ['without them it is taken along', 'Owner: דנה 3', 'Owner: |3|[דנה ]'],
    ['overrides turn, and are not written', 'a\u202ebc\u202c', 'a|[bc]'],
  ]
  for (const [says, text, order] of cases) {
    test(says, ({ assert }) => assert.equal(seen(text), order))
  }

  test('is decided for each line: what was broken off first is read first', ({ assert }) => {
    const text = 'תחילה Deloitte סוף'
    assert.equal(seen(text, 0, 6), '[תחילה ]')
    assert.equal(seen(text, 6), '[ סוף]|Deloitte')
  })
})
