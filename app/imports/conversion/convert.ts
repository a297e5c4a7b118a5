import {
  classifyRow,
  hasReference,
  looksLikeRecord,
  opensKey,
} from '#imports/conversion/classify_row'
import type {
  ConvertedRow,
  RecordRow,
  SkipCode,
  SkippedRow,
} from '#imports/conversion/converted_row'
import { appendRow } from '#imports/conversion/append_row'
import { linkParents, type Placed } from '#imports/conversion/hierarchy'
import { RecordBuilder } from '#imports/conversion/record_builder'
import { RowReader } from '#imports/conversion/row_reader'
import { rowKind } from '#imports/conversion/row_type'
import { cellTexts, type DetectedTable } from '#imports/detection/table'
import type { Mapping } from '#imports/mapping/mapping'
import { sectionKind } from '#imports/mapping/typed_rows'
import { OWN_REF } from '#imports/mapping/own_layout'
import { isRaidType, isRecordType, type Kind, type RecordType } from '#imports/vocabulary/kinds'
import { shorten } from '#imports/vocabulary/text'
import type { SheetRow } from '#imports/workbook/workbook'

const KIND_NAMES: Partial<Record<Kind, string>> = {
  action: 'an action',
  task: 'a task',
  lesson: 'a lesson',
  milestone: 'a milestone',
  tracker: 'a tracker item',
  people: 'a person or role',
  other: 'of another type',
}

/** Below this many rows after the header, no row explains or numbers the columns any more. */
const FAR_BELOW = 99

/** Turns every non-blank row of a table into a record or a skipped row with its reason. */
export function convert(table: DetectedTable, mapping: Mapping): ConvertedRow[] {
  return new Conversion(table, mapping).run()
}

class Conversion {
  readonly #reader: RowReader
  readonly #result: ConvertedRow[] = []
  readonly #placed: Placed[] = []
  #section: Kind | null = null
  #inKey = false
  #last: { record: RecordRow; number: number } | null = null

  constructor(
    readonly table: DetectedTable,
    readonly mapping: Mapping
  ) {
    this.#reader = new RowReader(table, mapping)
  }

  run(): ConvertedRow[] {
    for (const row of this.table.before) this.#skip(row, 'title', 'a title or note above the table')
    for (const [position, row] of this.table.rows.entries()) this.#convertRow(row, position)
    linkParents(this.#placed)
    return this.#result
  }

  #convertRow(row: SheetRow, position: number) {
    const own = this.#ownType(row)
    if (own) return this.#record(row, own, own)
    if (this.#isKeyRow(row))
      return this.#skip(row, 'key', 'belongs to a key or to notes below the table')
    if (this.#continuesLast(row)) return this.#append(row)
    const verdict = classifyRow(row, this.#reader, position)
    if (verdict?.code === 'section')
      this.#section = sectionKind(row) ?? (this.mapping.type === 'by_row' ? this.#section : null)
    if (verdict) return this.#skip(row, verdict.code, verdict.reason)
    const kind = rowKind(row, this.#reader, this.mapping, this.#section)
    const type = kind ? this.#recordTypeOf(kind) : null
    if (!kind) return this.#skip(row, 'unknown_type', 'its type is unknown')
    if (!type)
      return this.#skip(
        row,
        'other_kind',
        `${KIND_NAMES[kind] ?? `a ${kind}`}, not part of a RAID log`
      )
    this.#record(row, type, kind)
  }

  /** A row with one of our refs is a record, whatever it looks like. */
  #ownType(row: SheetRow): RecordType | null {
    const { isOwn, type } = this.mapping
    const isNamed = isOwn && OWN_REF.test(this.#reader.text(row, 'sourceId'))
    return isNamed && isRecordType(type) ? type : null
  }

  #isKeyRow(row: SheetRow): boolean {
    if (this.#inKey && looksLikeRecord(row, this.#reader)) this.#inKey = false
    if (this.#inKey) return true
    const follows = this.table.rows.at(-1) !== row
    if (!opensKey(row) || hasReference(row, this.#reader) || !follows || sectionKind(row))
      return false
    if (looksLikeRecord(row, this.#reader)) return false
    this.#inKey = true
    return true
  }

  #recordTypeOf(kind: Kind): RecordType | null {
    if (kind === 'task' && this.mapping.type === 'task') return kind
    if (kind === 'opportunity') return 'risk'
    if (kind === 'change' || kind === 'off_specification') return 'issue'
    return isRaidType(kind) ? kind : null
  }

  #record(row: SheetRow, type: RecordType, kind: Kind) {
    const record = new RecordBuilder(row, this.#reader, type).build()
    if (kind === 'opportunity') record.attributes.nature = 'opportunity'
    if (kind === 'change') record.attributes.issueKind ??= 'request_for_change'
    if (kind === 'off_specification') record.attributes.issueKind ??= 'off_specification'
    if (record.hidden)
      record.notes.push(this.table.sheet.hidden ? 'is on a hidden sheet' : 'is in a hidden row')
    this.#result.push(record)
    this.#last = { record, number: row.number }
    this.#placed.push({ record, indent: this.#indentOf(row) })
  }

  /** A row without a name of its own below a record adds to it. */
  #continuesLast(row: SheetRow): boolean {
    if (!this.#last || row.number !== this.#last.number + 1) return false
    const names = [
      ...this.#reader.of('title'),
      ...this.#reader.of('description'),
      ...this.#reader.of('event'),
    ]
    const ids = this.#reader.of('sourceId')
    const isUnnamed = [...names, ...ids].every(
      (mapped) => !mapped.column.columns.some((index) => row.cells.has(index))
    )
    if (!isUnnamed || names.length === 0) return false
    if (this.#reader.isMergedBelow(row)) return true
    const texts = this.#reader.columns.filter(
      ({ mapping, column }) =>
        mapping.field !== 'ignore' &&
        column.columns.some((index) => row.cells.get(index)?.text.trim().includes(' '))
    )
    return (
      ids.length > 0 &&
      this.#last.record.sourceId !== null &&
      texts.length > 0 &&
      row.cells.size <= 4 &&
      !this.#startsLikeFooter(row)
    )
  }

  #startsLikeFooter(row: SheetRow): boolean {
    return row.cells.size === 1 && classifyRow(row, this.#reader, FAR_BELOW) !== null
  }

  #append(row: SheetRow) {
    const { record } = this.#last!
    appendRow(record, row, this.#reader)
    record.notes.push(`takes in row ${row.number}, which has no title of its own`)
    this.#last!.number = row.number
    this.#skip(row, 'continuation', `continues row ${record.row} and was added to it`)
  }

  #indentOf(row: SheetRow): number {
    const [title] = [...this.#reader.of('title'), ...this.#reader.of('description')]
    const cell = title && row.cells.get(title.column.columns[0])
    const spaces = /^[\s\u00a0]*/.exec(cell?.text ?? '')![0].length
    return (cell?.indent ?? 0) * 3 + spaces + row.level * 3
  }

  #skip(row: SheetRow, code: SkipCode, reason: string) {
    const skipped: SkippedRow = {
      kind: 'skipped',
      sheet: this.table.sheet.name,
      row: row.number,
      hidden: row.hidden || this.table.sheet.hidden,
      code,
      reason,
      text: shorten(cellTexts(row).filter(Boolean).join(' | '), 200),
    }
    this.#result.push(skipped)
  }
}
