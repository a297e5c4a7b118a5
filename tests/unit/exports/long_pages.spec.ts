import { buffer } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { getDocumentProxy } from 'unpdf'
import { Sheet } from '#exports/board_pack/sheet'
import { writeTable } from '#exports/board_pack/table'

/** Where a page's foot begins, in points from the lower edge. */
const FOOT = 50

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`)

/** The words that are drawn above the foot of a page, in their order. */
async function drawnBy(write: (sheet: Sheet) => unknown) {
  const sheet = new Sheet('Title', 'Footer')
  sheet.page('Quay')
  write(sheet)
  const document = await getDocumentProxy(new Uint8Array(await buffer(sheet.end())))
  const drawn: string[] = []
  for (let page = 1; page <= document.numPages; page++) {
    const { items } = await (await document.getPage(page)).getTextContent()
    for (const item of items) {
      if ('str' in item && item.transform[5] > FOOT)
        drawn.push(...(item.str.match(/word\d+/g) ?? []))
    }
  }
  return { drawn, pages: document.numPages }
}

test.group('Text that is longer than a page', () => {
  test('goes on on the next, {$self}')
    .with(['line by line', 'as one paragraph'])
    .run(async ({ assert }, how) => {
      const text = words(1500).join(how === 'line by line' ? '\n' : ' ')
      const { drawn, pages } = await drawnBy((sheet) => sheet.text(text))
      assert.deepEqual(drawn, words(1500))
      assert.isAbove(pages, 1)
    })

  test('goes on in a table, in the column that it is in', async ({ assert }) => {
    const columns = ['Dimension', 'Why'].map((label) => ({ label, share: 1 }))
    const { drawn } = await drawnBy((sheet) =>
      writeTable(sheet, columns, [
        ['Before', 'Short'],
        ['Schedule', words(1500).join(' ')],
        [{ letter: 'R', tone: 'red', word: 'Red' }, words(900).join('\n')],
      ])
    )
    assert.deepEqual(drawn, [...words(1500), ...words(900)])
  })

  test('leaves what is short beside it whole, in the row where it begins', async ({ assert }) => {
    const columns = ['Milestone', 'Why'].map((label) => ({ label, share: 1 }))
    const { drawn } = await drawnBy((sheet) =>
      writeTable(sheet, columns, [['word7001 word7002', words(1500).join(' ')]])
    )
    assert.deepEqual(drawn.slice(0, 3), ['word7001', 'word7002', 'word0'])
  })

  test('is cut within a word that no page holds', async ({ assert }) => {
    const long = 'x'.repeat(20_000)
    const { pages } = await drawnBy((sheet) => sheet.text(long))
    assert.isAbove(pages, 2)
  })

  test('begins where it is, if it fits on no page', async ({ assert }) => {
    const { pages } = await drawnBy((sheet) => {
      sheet.text('Heading')
      sheet.text(words(45).join('\n'))
    })
    assert.equal(pages, 2)
  })
})
