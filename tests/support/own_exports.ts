import type { ApiClient } from '@japa/api-client'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { bytesOf } from '#tests/support/binary'
import { unzip } from '#tests/support/unzip'
import type { Person } from '#tests/support/world'
import { zipOf } from '#tests/support/zip'

const SHEET = 'xl/worksheets/sheet1.xml'

/** A list as someone downloads it. */
export async function exported(client: ApiClient, path: string, person: Person) {
  const request = client.get(path).as(person)
  if (path.includes('.csv')) return Buffer.from((await request).text())
  request.request.buffer(true).parse(bytesOf)
  const response = await request
  response.assertStatus(200)
  return response.body() as unknown as Buffer
}

/** A change of one cell: the record's ref, the heading, and the new value. */
export type Edit = [ref: string, header: string, value: string]

/** The file as a spreadsheet saves it after cells were changed. */
export async function edited(file: Buffer, format: 'csv' | 'xlsx', edits: Edit[]) {
  return format === 'csv' ? editedCsv(file, edits) : editedXlsx(file, edits)
}

function editedCsv(file: Buffer, edits: Edit[]) {
  const rows: string[][] = parse(file.toString('utf8').replace(/^\uFEFF/, ''))
  const [headers] = rows
  for (const [ref, header, value] of edits) {
    const row = rows.find(([first]) => first === ref)!
    row[headers.indexOf(header)] = value
  }
  const text = stringify(rows, { record_delimiter: 'windows', quoted_match: /[\r\n]/ })
  return Buffer.from(`\uFEFF${text}`)
}

/** Cells are rewritten as text, at the position of the heading. */
async function editedXlsx(file: Buffer, edits: Edit[]) {
  const files = unzip(file)
  let xml = files.get(SHEET)!.toString('utf8')
  for (const [ref, header, value] of edits) {
    const column = placeOf(xml, header).replace(/\d+$/, '')
    const row = placeOf(xml, ref).replace(/^[A-Z]+/, '')
    const cell = `<c r="${column}${row}" t="inlineStr"><is><t>${value}</t></is></c>`
    const before = new RegExp(`<c r="${column}${row}"[^>]*>.*?</c>`, 's')
    xml = before.test(xml)
      ? xml.replace(before, value === '' ? '' : cell)
      : xml.replace(new RegExp(`(<row r="${row}"[^>]*>.*?)(</row>)`, 's'), `$1${cell}$2`)
  }
  files.set(SHEET, Buffer.from(xml))
  return zipOf(files)
}

function placeOf(xml: string, text: string) {
  return new RegExp(`<c r="([A-Z]+\\d+)"[^>]*><is><t[^>]*>${text}</t></is></c>`).exec(xml)![1]
}
