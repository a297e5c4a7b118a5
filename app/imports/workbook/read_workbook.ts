import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'
import { readText } from '#imports/workbook/csv_reader'
import { sniff } from '#imports/workbook/sniff'
import type { Workbook } from '#imports/workbook/workbook'
import { readXlsx } from '#imports/workbook/xlsx_reader'

/** Reads an uploaded file by its content, whatever its name says. Throws only ImportError. */
export function readWorkbook(bytes: Uint8Array, fileName: string): Workbook {
  if (bytes.length > LIMITS.inputBytes) throw new ImportError('too_large')
  try {
    return sniff(bytes) === 'zip' ? readXlsx(bytes, fileName) : readText(bytes, fileName)
  } catch (error) {
    if (error instanceof ImportError) throw error
    throw new ImportError('damaged', { cause: error })
  }
}
