import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'
import { MergedAreas } from '#imports/workbook/merged_areas'
import type { Sheet, SheetRow } from '#imports/workbook/workbook'

/** One record's values by column heading. `level` is its depth in an outline. */
export type Line = { values: Record<string, string | undefined>; level?: number }

/** Records of another tool as the sheet that it would have exported: headings in row 1, one record a row. */
export function listSheet(name: string, lines: Line[]): Sheet {
  if (lines.length > LIMITS.rows) throw new ImportError('too_many_cells')
  const headings = [...new Set(lines.flatMap(({ values }) => filled(values).map(([key]) => key)))]
  if (headings.length > LIMITS.columns) throw new ImportError('too_many_cells')
  const places = new Map(headings.map((heading, column) => [heading, column]))
  const rows = lines.map(({ values, level = 0 }, index) =>
    row(
      index + 2,
      level,
      filled(values).map(([heading, text]) => [places.get(heading)!, text])
    )
  )
  return {
    name,
    hidden: false,
    rows: [row(1, 0, [...headings.entries()]), ...rows],
    merges: new MergedAreas(),
    hiddenColumns: new Set(),
    allowed: [],
    hasPivot: false,
    epoch1904: false,
  }
}

function filled(values: Line['values']) {
  return Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
}

function row(number: number, level: number, cells: [column: number, text: string][]): SheetRow {
  const tooLong = cells.some(([, text]) => text.length > LIMITS.textLength)
  if (tooLong) throw new ImportError('too_many_cells')
  return {
    number,
    level,
    hidden: false,
    cells: new Map(cells.map(([column, text]) => [column, { text }])),
  }
}
