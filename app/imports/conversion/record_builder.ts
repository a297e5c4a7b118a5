import { applicableField } from '#imports/conversion/applicable_field'
import type { RecordRow } from '#imports/conversion/converted_row'
import { fillField } from '#imports/conversion/fill_field'
import { readSituation } from '#imports/conversion/read_status'
import { RecordDraft } from '#imports/conversion/record_draft'
import { joined, shown } from '#imports/conversion/record_text'
import { isFilled, type MappedColumn, type RowReader } from '#imports/conversion/row_reader'
import { settleRecord } from '#imports/conversion/settle_record'
import { fieldOf, type Target } from '#imports/mapping/fields'
import type { RecordType } from '#imports/vocabulary/kinds'
import { fold } from '#imports/vocabulary/text'
import type { Cell, SheetRow } from '#imports/workbook/workbook'

const DISARMED = /^'[=+\-@\t\r＝＋－＠]/

/** Builds one record from one row: every cell ends up in a field, the description or a note. */
export class RecordBuilder {
  readonly #draft: RecordDraft

  constructor(
    readonly row: SheetRow,
    readonly reader: RowReader,
    readonly type: RecordType
  ) {
    this.#draft = new RecordDraft(type)
  }

  build(): RecordRow {
    for (const mapped of this.reader.columns) this.#take(mapped)
    for (const left of this.reader.table.leftOut) this.#ignoreLeftOut(left)
    settleRecord(this.#draft)
    const { row, type, reader } = this
    const { attributes, sourceId, parentSourceId, predecessors, cells, notes, ignored } =
      this.#draft
    const { id, sheet } = reader.table
    return {
      kind: 'record',
      sheet: sheet.name,
      row: row.number,
      hidden: row.hidden || sheet.hidden,
      type,
      attributes,
      sourceId,
      parentSourceId,
      parentRow: null,
      predecessors,
      table: id,
      isOwn: reader.isOwn,
      cells,
      notes,
      ignored,
    }
  }

  #take(mapped: MappedColumn) {
    const cell = this.#cellOf(mapped)
    const field = applicableField(
      mapped.mapping.field,
      this.type,
      (other) => this.reader.of(other).length > 0
    )
    this.#remember(field, cell)
    if (!cell) return
    const draft = this.#draft
    const { header } = mapped.column
    if (cell.comment) draft.keep(`Comment on ${header}`, cell.comment)
    const text = cell.text.trim()
    if (field === 'ignore') return draft.ignore(header, text, mapped.mapping.reason)
    if (field === 'type') return this.#noteType(header, text)
    if (!this.#isSaid(mapped, cell)) return draft.noteEmpty(header, text, cell)
    if (field === 'keep') return draft.keep(header, shown(cell))
    fillField({ draft, reader: this.reader, row: this.row, mapped, field, cell })
  }

  /** An export disarms in CSV what a spreadsheet would run; read back, the original is restored. */
  #cellOf(mapped: MappedColumn): Cell | null {
    const cell = this.reader.cell(this.row, mapped)
    const isDisarmed = this.reader.isOwn && cell !== null && DISARMED.test(cell.text)
    return isDisarmed ? { ...cell, text: cell.text.slice(1) } : cell
  }

  #remember(field: Target, cell: Cell | null) {
    if (field === 'keep' || field === 'ignore' || field === 'type') return
    const { cells } = this.#draft
    cells[field] = joined([cells[field] ?? '', cell?.text.trim() ?? ''])
  }

  #noteType(header: string, text: string) {
    if (fold(text) !== this.type) this.#draft.noteRead(header, text, this.type)
  }

  /** 'none' or 'no' may be a placeholder elsewhere and still a value of this column. */
  #isSaid({ mapping }: MappedColumn, cell: Cell): boolean {
    if (this.reader.isOwn || isFilled(cell)) return true
    const kind = fieldOf(mapping.field)?.kind
    if (kind !== 'status' && kind !== 'choice') return false
    const text = cell.text.trim()
    if (mapping.values?.[text]) return true
    return kind === 'status' && readSituation(text)?.how === 'exact'
  }

  #ignoreLeftOut({ columns, header, reason }: RowReader['table']['leftOut'][number]) {
    for (const column of columns) {
      const cell = this.row.cells.get(column)
      if (cell) this.#draft.ignore(header, cell.text.trim(), reason)
    }
  }
}
