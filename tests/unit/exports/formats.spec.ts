import { buffer, text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { jsonStream } from '#exports/json_stream'
import type { Column } from '#exports/list'
import { xlsxStream } from '#exports/xlsx/stream'
import { readWorkbook } from '#imports/index'
import { unzip } from '#tests/support/unzip'

type Row = {
  name: string | null
  count: number | null
  on: string | null
  at: string
  state: string
}

const columns: Column<Row>[] = [
  { key: 'name', header: 'Name', value: (row) => row.name },
  { key: 'count', header: 'Count', kind: 'number', value: (row) => row.count },
  { key: 'on', header: 'Day', kind: 'date', value: (row) => row.on },
  { key: 'at', header: 'At', kind: 'instant', value: (row) => row.at },
  {
    key: 'state',
    header: 'State',
    value: (row) => row.state.toUpperCase(),
    code: (row) => row.state,
  },
]

const row = (changes: Partial<Row> = {}): Row => ({
  name: 'Crane',
  count: 3,
  on: '2026-02-28',
  at: '2026-02-28T12:00:00Z',
  state: 'open',
  ...changes,
})

async function* batches(...rows: Row[][]) {
  yield* rows
}

async function workbook(...rows: Row[]) {
  return buffer(xlsxStream('Risks', columns, batches(rows)))
}

async function firstSheet(bytes: Buffer) {
  const [sheet] = readWorkbook(bytes, 'list.xlsx').sheets
  return sheet.rows.map(({ cells }) => [...cells.values()])
}

test.group('Lists as JSON', () => {
  test('are one array over all batches, with codes and nulls', async ({ assert }) => {
    const json = await text(jsonStream(columns, batches([row()], [], [row({ name: null })])))
    assert.deepEqual(JSON.parse(json), [
      { name: 'Crane', count: 3, on: '2026-02-28', at: '2026-02-28T12:00:00Z', state: 'open' },
      { name: null, count: 3, on: '2026-02-28', at: '2026-02-28T12:00:00Z', state: 'open' },
    ])
  })

  test('are an empty array where there is nothing', async ({ assert }) => {
    assert.deepEqual(JSON.parse(await text(jsonStream(columns, batches()))), [])
  })
})

test.group('Lists as Excel', () => {
  test('hold numbers and days as such, under headings that stay', async ({ assert }) => {
    const bytes = await workbook(row())
    const [headings, [name, count, on, at, state]] = await firstSheet(bytes)
    assert.deepEqual(
      headings.map((cell) => cell.text),
      ['Name', 'Count', 'Day', 'At', 'State']
    )
    assert.equal(name.text, 'Crane')
    assert.equal(count.number, 3)
    assert.equal(on.date, '2026-02-28')
    assert.equal(at.number, 46081.5)
    assert.equal(state.text, 'OPEN')
    const sheet = unzip(bytes).get('xl/worksheets/sheet1.xml')!.toString()
    assert.include(sheet, 'ySplit="1"')
    assert.include(sheet, '<autoFilter ref="A1:E2"/>')
    assert.include(sheet, '<col min="3" max="3" width="12"')
  })

  test('keep every character, also those that XML cannot hold', async ({ assert }) => {
    for (const name of ['<b>&"\'', ' two\nlines ', 'bell \u0007', '_x0041_', '\u{1F3D7} Kran']) {
      const [, [cell]] = await firstSheet(await workbook(row({ name })))
      assert.equal(cell.text.trim(), name.trim())
    }
  })

  test('hold what begins like a formula as text that stays text', async ({ assert }) => {
    for (const name of ['=1+1', '+1', '-1', '@sum']) {
      const sheet = unzip(await workbook(row({ name })))
        .get('xl/worksheets/sheet1.xml')!
        .toString()
      assert.include(sheet, `<c r="A2" s="5" t="inlineStr"><is><t xml:space="preserve">${name}<`)
      assert.notInclude(sheet, '<f>')
    }
  })

  test('cut what is longer than a cell, and leave out days before 1900', async ({ assert }) => {
    const [, cells] = await firstSheet(
      await workbook(row({ name: 'x'.repeat(40_000), on: '0199-01-01' }))
    )
    assert.lengthOf(cells[0].text, 32_767)
    assert.equal(cells[2].text, '0199-01-01')
  })

  test('break off when reading fails', async ({ assert }) => {
    async function* failing() {
      yield [row()]
      throw new Error('gone')
    }
    await assert.rejects(() => buffer(xlsxStream('Risks', columns, failing())), 'gone')
  })
})
