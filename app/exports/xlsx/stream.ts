import { Readable } from 'node:stream'
import type { Column, ColumnKind } from '#exports/list'
import { cell, STYLES, textCell } from '#exports/xlsx/cells'
import { PARTS, SHEET_START, workbookPart } from '#exports/xlsx/parts'
import { zipStream, type ZippedFile } from '#exports/zip'
import { columnName } from '#imports/workbook/workbook'

/** Excel's limit; the first row holds the headings. */
const MOST_ROWS = 1_048_575

const WIDTHS: Record<ColumnKind, number> = { line: 22, text: 60, number: 12, date: 12, instant: 18 }

/**
 * Rows as an Excel workbook of one sheet, with one batch in memory at a time: frozen headings, filters, typed dates and
 * numbers. An error while reading breaks the stream off, as do more rows than a sheet holds.
 */
export function xlsxStream<Row>(
  name: string,
  columns: Column<Row>[],
  batches: AsyncIterable<Row[]>
): Readable {
  return zipStream(files(name, columns, batches))
}

async function* files<Row>(
  name: string,
  columns: Column<Row>[],
  batches: AsyncIterable<Row[]>
): AsyncGenerator<ZippedFile> {
  for (const [path, content] of PARTS) yield { path, content: Readable.from([content]) }
  yield { path: 'xl/workbook.xml', content: Readable.from([workbookPart(name)]) }
  const content = Readable.from(sheet(columns, batches), { objectMode: false })
  yield { path: 'xl/worksheets/sheet1.xml', content }
}

async function* sheet<Row>(columns: Column<Row>[], batches: AsyncIterable<Row[]>) {
  const letters = columns.map((_, index) => columnName(index))
  yield SHEET_START + view() + widths(columns) + '<sheetData>' + headings(columns, letters)
  let count = 0
  for await (const batch of batches) {
    if (count + batch.length > MOST_ROWS) throw new Error('A sheet holds no more rows than Excel')
    yield batch.map((row, index) => line(row, count + index + 2, columns, letters)).join('')
    count += batch.length
  }
  yield `</sheetData><autoFilter ref="A1:${letters.at(-1)}${count + 1}"/></worksheet>`
}

function view() {
  return '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
}

function widths<Row>(columns: Column<Row>[]) {
  const each = columns.map(({ header, kind = 'line' }, index) => {
    const width = Math.max(WIDTHS[kind], Math.min(header.length + 4, 30))
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`
  })
  return `<cols>${each.join('')}</cols>`
}

function headings<Row>(columns: Column<Row>[], letters: string[]) {
  const cells = columns.map(({ header }, at) => textCell(`${letters[at]}1`, header, STYLES.heading))
  return `<row r="1">${cells.join('')}</row>`
}

function line<Row>(row: Row, number: number, columns: Column<Row>[], letters: string[]) {
  const cells = columns.map(({ value, kind }, at) => cell(letters[at] + number, value(row), kind))
  return `<row r="${number}">${cells.join('')}</row>`
}
