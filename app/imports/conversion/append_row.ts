import { applicableField } from '#imports/conversion/applicable_field'
import type { RecordRow } from '#imports/conversion/converted_row'
import { joined, shown } from '#imports/conversion/record_text'
import type { RowReader } from '#imports/conversion/row_reader'
import { takesSeveral } from '#imports/mapping/fields'
import { isPlaceholder } from '#imports/vocabulary/placeholders'
import type { SheetRow } from '#imports/workbook/workbook'

/** Adds a row whose cells continue this record. */
export function appendRow(record: RecordRow, row: SheetRow, reader: RowReader): void {
  for (const mapped of reader.columns) {
    const cell = reader.cell(row, mapped)
    if (!cell || isPlaceholder(cell.text) || mapped.mapping.field === 'ignore') continue
    if (!mapped.column.columns.some((index) => row.cells.has(index))) continue
    const { header } = mapped.column
    const field = applicableField(mapped.mapping.field, record.type, () => false)
    const target = takesSeveral(field) ? field : 'description'
    const text = takesSeveral(field) ? shown(cell) : `${header}: ${shown(cell)}`
    record.attributes[target] = joined([String(record.attributes[target] ?? ''), text])
  }
}
