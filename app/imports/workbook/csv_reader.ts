import { parse } from 'csv-parse/sync'
import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'
import { findDelimiter, type Delimiter } from '#imports/workbook/csv_dialect'
import { decodeText } from '#imports/workbook/encoding'
import { MergedAreas } from '#imports/workbook/merged_areas'
import { looksLikeXml, readXml } from '#imports/xml/read_xml'
import { refuseMarkup } from '#imports/workbook/sniff'
import type { Sheet, SheetRow, Workbook } from '#imports/workbook/workbook'

/** Reads delimited text of any common dialect, or the XML of a known tool, as a workbook of one sheet. */
export function readText(bytes: Uint8Array, fileName: string): Workbook {
  const raw = decodeText(bytes)
  if (looksLikeXml(raw)) return readXml(raw, fileName)
  const text = raw.replace(/\r\n?|\u2028/g, '\n')
  if (text.trim() === '') throw new ImportError('empty')
  refuseMarkup(text)
  const { delimiter, hintLines } = findDelimiter(text)
  const warnings: string[] = []
  const records = unwrap(split(text, delimiter, warnings), delimiter)
  const sheet = toSheet(records, hintLines, fileName)
  return { fileName, format: 'csv', sheets: [sheet], warnings }
}

function split(text: string, delimiter: Delimiter, warnings: string[]): string[][] {
  try {
    return parseRecords(text, delimiter, '"')
  } catch {
    warnings.push('A quotation mark is never closed, so quotation marks were read as plain text.')
    return parseRecords(text, delimiter, false)
  }
}

function parseRecords(text: string, delimiter: Delimiter, quote: '"' | false): string[][] {
  return parse(text, {
    delimiter,
    quote,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
  })
}

/** A row quoted as a whole has all its cells inside one. */
function unwrap(records: string[][], delimiter: Delimiter): string[][] {
  const width = Math.max(...records.slice(0, 200).map((record) => record.length))
  return records.map((record) => {
    const [only, ...others] = record
    if (!only?.includes(delimiter) || others.some((cell) => cell.trim() !== '')) return record
    if (/\s/.test(only) === false && width > 1 && only.split(delimiter).length < 2) return record
    const inner = tryParse(only, delimiter)
    if (!inner || inner.length < 2) return record
    return inner.length >= Math.max(2, width - 1) || width === 1 ? inner : record
  })
}

function tryParse(line: string, delimiter: Delimiter): string[] | null {
  try {
    const records = parseRecords(line, delimiter, '"')
    return records.length === 1 ? records[0] : null
  } catch {
    return null
  }
}

function toSheet(records: string[][], hintLines: number, fileName: string): Sheet {
  const rows: SheetRow[] = []
  let cells = 0
  for (const [index, record] of records.entries()) {
    if (index < hintLines) continue
    const row = toRow(record, index + 1)
    cells += row.cells.size
    if (row.cells.size > 0) rows.push(row)
    if (rows.length > LIMITS.rows || cells > LIMITS.cells || record.length > LIMITS.columns * 4) {
      throw new ImportError('too_many_cells')
    }
  }
  if (rows.length === 0) throw new ImportError('empty')
  return {
    name: fileName.replace(/^.*[\\/]/, '').replace(/\.[a-z]{1,5}$/i, ''),
    hidden: false,
    rows,
    merges: new MergedAreas(),
    hiddenColumns: new Set(),
    allowed: [],
    hasPivot: false,
    epoch1904: false,
  }
}

function toRow(record: string[], number: number): SheetRow {
  const row: SheetRow = { number, hidden: false, level: 0, cells: new Map() }
  for (const [column, text] of record.entries()) {
    if (text.trim() === '') continue
    if (text.length > LIMITS.textLength) throw new ImportError('too_many_cells')
    row.cells.set(column, { text })
  }
  return row
}
