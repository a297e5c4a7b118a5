import { cellOf, type DetectedTable, type TableColumn } from '#imports/detection/table'
import { fieldOf, type Target } from '#imports/mapping/fields'
import type { ColumnMapping, Mapping } from '#imports/mapping/mapping'
import { isPlaceholder, isPrompt } from '#imports/vocabulary/placeholders'
import type { Cell, SheetRow } from '#imports/workbook/workbook'

export type MappedColumn = { column: TableColumn; mapping: ColumnMapping }

const FILLED_DOWN = new Set(['type', 'choice', 'person', 'status', 'date', 'score', 'pair'])

/** Reads the cells of a row by field, filling in cells merged downwards. */
export class RowReader {
  readonly columns: MappedColumn[]
  readonly #rows: Map<number, SheetRow>

  constructor(
    readonly table: DetectedTable,
    readonly mapping: Mapping
  ) {
    const byKey = new Map(mapping.columns.map((column) => [column.key, column]))
    this.columns = table.columns.flatMap((column) => {
      const found = byKey.get(column.key)
      return found ? [{ column, mapping: found }] : []
    })
    this.#rows = new Map(table.rows.map((row) => [row.number, row]))
  }

  /** The table was exported from here. */
  get isOwn() {
    return this.mapping.isOwn === true
  }

  of(field: Target): MappedColumn[] {
    return this.columns.filter(({ mapping }) => mapping.field === field)
  }

  /** The cell a column shows in a row, taken from above when cells are merged downwards. */
  cell(row: SheetRow, { column, mapping }: MappedColumn): Cell | null {
    const own = cellOf(row, column)
    if (own) return own
    const kind = fieldOf(mapping.field)?.kind
    if (!kind || !FILLED_DOWN.has(kind)) return null
    const anchor = this.#anchorOf(row, column)
    return anchor ? cellOf(anchor, column) : null
  }

  /** The text of a field in a row, '' when it is not filled in. */
  text(row: SheetRow, field: Target): string {
    for (const mapped of this.of(field)) {
      const cell = this.cell(row, mapped)
      if (cell && isFilled(cell)) return cell.text.trim()
    }
    return ''
  }

  /** Whether the names of this row are merged with the row above. */
  isMergedBelow(row: SheetRow): boolean {
    const names = [...this.of('title'), ...this.of('description'), ...this.of('sourceId')]
    return names.some(({ column }) => this.#anchorOf(row, column) !== null)
  }

  /** Whether the titles of full rows mostly look like this. */
  titlesAre(test: (text: string, bold: boolean) => boolean): boolean {
    const [named] = [...this.of('title'), ...this.of('description'), ...this.of('event')]
    if (!named) return false
    const full = this.table.rows.filter((row) => row.cells.size >= 3).slice(0, 50)
    const cells = full.flatMap((row) => row.cells.get(named.column.columns[0]) ?? [])
    return (
      cells.filter((cell) => test(cell.text.trim(), cell.bold === true)).length > cells.length / 2
    )
  }

  #anchorOf(row: SheetRow, column: TableColumn): SheetRow | null {
    const merge = this.table.sheet.merges
      .in(row.number)
      .find(({ top, left }) => left === column.columns[0] && top < row.number)
    return merge ? (this.#rows.get(merge.top) ?? null) : null
  }
}

/** Whether a cell says something: not a placeholder, a prompt or an empty formula. */
export function isFilled(cell: Cell): boolean {
  if (cell.formula && /^(0|FALSE)$/.test(cell.text.trim())) return false
  return !isPlaceholder(cell.text) && !isPrompt(cell.text)
}
