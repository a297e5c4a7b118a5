import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'
import type { Workbook } from '#imports/workbook/workbook'
import { readBook, readRelations, targetOf, type SheetPart } from '#imports/workbook/xlsx_book'
import type { CellContext } from '#imports/workbook/xlsx_cells'
import { attachComments, resolveValidations } from '#imports/workbook/xlsx_extras'
import { SheetReader, type ReadSheet } from '#imports/workbook/xlsx_sheet'
import { readStrings } from '#imports/workbook/xlsx_strings'
import { readStyles } from '#imports/workbook/xlsx_styles'
import { Zip } from '#imports/workbook/zip'

type Reading = {
  zip: Zip
  context: CellContext
  budget: { cells: number }
  deadline: number
  warnings: string[]
}

/** Reads an .xlsx or .xlsm: stored values, never running a formula. */
export function readXlsx(bytes: Uint8Array, fileName: string): Workbook {
  const zip = new Zip(bytes)
  const deadline = Date.now() + LIMITS.milliseconds
  const path = workbookPath(zip, deadline)
  const book = readBook(zip, path, deadline)
  const context = {
    strings: readStrings(book.strings ? zip.read(book.strings) : null, deadline),
    styles: readStyles(book.styles ? zip.read(book.styles) : null, deadline),
    epoch1904: book.epoch1904,
  }
  const reading = { zip, context, budget: { cells: LIMITS.cells }, deadline, warnings: [] }
  const sheets = book.sheets.map((part) => readSheet(part, reading))
  resolveValidations(sheets)
  return { fileName, format: 'xlsx', sheets, warnings: reading.warnings }
}

function workbookPath(zip: Zip, deadline: number): string {
  if (zip.encrypted) throw new ImportError('encrypted')
  const path = targetOf(readRelations(zip, '', deadline), 'officeDocument')
  if (path && /\.xml$/i.test(path) && /^xl\//i.test(path) && zip.names.includes(path.toLowerCase()))
    return path
  if (zip.names.includes('xl/workbook.xml')) return 'xl/workbook.xml'
  throw new ImportError(archiveKind(zip))
}

function archiveKind({ names }: Zip) {
  if (names.some((name) => name === 'xl/workbook.bin')) return 'binary_excel'
  if (names.some((name) => /^(word|ppt)\//.test(name))) return 'other_office_file'
  if (names.some((name) => name.endsWith('.iwa') || name === 'index.zip')) return 'numbers'
  if (names.includes('mimetype') && names.includes('content.xml')) return 'open_document'
  return 'not_a_workbook'
}

function readSheet(part: SheetPart, reading: Reading): ReadSheet {
  const { zip, context, budget, deadline, warnings } = reading
  const bytes = zip.read(part.path)
  if (!bytes) throw new ImportError('damaged')
  const sheet = new SheetReader(part.name, part.hidden, context, budget).read(bytes, deadline)
  const relations = readRelations(zip, part.path, deadline)
  sheet.hasPivot = targetOf(relations, 'pivotTable') !== null
  const comments = targetOf(relations, 'comments')
  const commentBytes = comments ? zip.read(comments) : null
  const lost = commentBytes ? attachComments(sheet, commentBytes, deadline) : 0
  warnings.push(...sheetWarnings(sheet, lost))
  return sheet
}

function sheetWarnings(sheet: ReadSheet, lostComments: number): string[] {
  const warnings: string[] = []
  if (sheet.formulasWithoutValue > 0) {
    warnings.push(
      `Sheet “${sheet.name}”: ${sheet.formulasWithoutValue} formulas have no stored result and read as empty. Open and save the workbook in Excel to store them.`
    )
  }
  if (sheet.strayColumns > 0) {
    warnings.push(
      `Sheet “${sheet.name}”: ${sheet.strayColumns} cells beyond column ${LIMITS.columns} were left out.`
    )
  }
  if (lostComments > 0) {
    warnings.push(`Sheet “${sheet.name}”: ${lostComments} comments on empty cells were left out.`)
  }
  return warnings
}
