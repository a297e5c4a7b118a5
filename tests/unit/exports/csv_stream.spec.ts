import { text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { csvStream, type CsvColumn } from '#exports/csv_stream'

type Row = { name: string; count: number | null }
const columns: CsvColumn<Row>[] = [
  { header: 'Name', value: (row) => row.name },
  { header: 'Count', value: (row) => row.count },
]

async function* batches(...rows: Row[][]) {
  yield* rows
}

test.group('CSV stream', () => {
  test('begins with a byte order mark and the headings', async ({ assert }) => {
    assert.equal(await text(csvStream(columns, batches())), '\uFEFFName,Count\r\n'.slice(1))
  })

  test('writes batch after batch', async ({ assert }) => {
    const stream = csvStream(
      columns,
      batches([{ name: 'a', count: 1 }], [], [{ name: 'b', count: null }])
    )
    assert.equal(await text(stream), 'Name,Count\r\na,1\r\nb,\r\n')
  })

  test('quotes, keeps line breaks, and disarms formulas', async ({ assert }) => {
    for (const [value, written] of [
      ['a,b', '"a,b"'],
      ['say "hi"', '"say ""hi"""'],
      ['one\ntwo', '"one\ntwo"'],
      ['=1+1', "'=1+1"],
      ['+1', "'+1"],
      ['-1', "'-1"],
      ['@sum', "'@sum"],
      ['\t=1', "'\t=1"],
    ]) {
      const csv = await text(csvStream(columns, batches([{ name: value, count: 0 }])))
      assert.include(csv, `${written},0\r\n`)
    }
  })

  test('reads no batch before it is asked for', async ({ assert }) => {
    let read = 0
    async function* endless() {
      while (true) yield [{ name: 'x'.repeat(10_000), count: ++read }]
    }
    const stream = csvStream(columns, endless())
    stream.once('data', () => stream.pause())
    await new Promise((resolve) => setTimeout(resolve, 50))
    stream.destroy()
    assert.isBelow(read, 30)
  })

  test('breaks off when reading fails', async ({ assert }) => {
    async function* failing() {
      yield [{ name: 'a', count: 1 }]
      throw new Error('lost')
    }
    await assert.rejects(() => text(csvStream(columns, failing())), 'lost')
  })
})
