import { applicableField } from '#imports/conversion/applicable_field'
import type { Attributes, IgnoredValue, RecordRow } from '#imports/conversion/converted_row'
import { readDate } from '#imports/conversion/read_date'
import { readPair, readScore } from '#imports/conversion/read_score'
import { ownState, readSituation, stateOf } from '#imports/conversion/read_status'
import { readPredecessors, readShare, statusAt } from '#imports/conversion/read_plan'
import { isFilled, type MappedColumn, type RowReader } from '#imports/conversion/row_reader'
import { byNumber, isDash, joined, short, shown, words } from '#imports/conversion/record_text'
import { nameRecord } from '#imports/conversion/titles'
import { fieldOf, type FieldKey, type Target } from '#imports/mapping/fields'
import type { RecordType } from '#imports/vocabulary/kinds'
import { priorityOf } from '#imports/vocabulary/levels'
import { STATES, SITUATIONS, type Situation } from '#imports/vocabulary/statuses'
import { fold, oneLine, shorten } from '#imports/vocabulary/text'
import { repaired } from '#imports/workbook/number_formats'
import type { Cell, SheetRow } from '#imports/workbook/workbook'

const LONGEST_LINE = 200
const DISARMED = /^'[=+\-@\t\r＝＋－＠]/
const OPPORTUNITY_ONLY = new Set(['exploit', 'enhance', 'reject'])
const THREAT_ONLY = new Set(['avoid', 'reduce', 'accept'])

/** Builds one record from one row: every cell ends in a field, the description or a note. */
export class RecordBuilder {
  readonly attributes: Attributes = {}
  readonly notes: string[] = []
  readonly ignored: IgnoredValue[] = []
  readonly cells: RecordRow['cells'] = {}
  readonly #kept: string[] = []
  #title = ''
  #descriptions: string[] = []
  #sourceId: string | null = null
  #parentSourceId: string | null = null
  #predecessors: string[] = []
  #progress: number | null = null

  constructor(
    readonly row: SheetRow,
    readonly reader: RowReader,
    readonly type: RecordType
  ) {}

  build(): RecordRow {
    for (const mapped of this.reader.columns) this.#take(mapped)
    for (const left of this.reader.table.leftOut) this.#ignoreLeftOut(left)
    this.#settleNature()
    this.#settleStatus()
    this.#name()
    const { row, type, attributes, notes, ignored, cells } = this
    const { id, sheet } = this.reader.table
    return {
      kind: 'record',
      sheet: sheet.name,
      row: row.number,
      hidden: row.hidden || sheet.hidden,
      type,
      attributes,
      sourceId: this.#sourceId,
      parentSourceId: this.#parentSourceId,
      parentRow: null,
      predecessors: this.#predecessors,
      table: id,
      isOwn: this.#isOwn,
      cells,
      notes,
      ignored,
    }
  }

  get #isOwn() {
    return this.reader.mapping.isOwn === true
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
    if (cell.comment) this.#keep(`Comment on ${mapped.column.header}`, cell.comment)
    const { header } = mapped.column
    const text = cell.text.trim()
    if (field === 'ignore') return this.#ignore(header, text, mapped.mapping.reason)
    if (field === 'type') return this.#noteType(mapped, text)
    if (!this.#isOwn && !isFilled(cell) && !this.#isKnownValue(mapped, text))
      return this.#noteEmpty(header, text, cell)
    if (field === 'keep') return this.#keep(header, shown(cell))
    this.#fill(field, mapped, cell)
  }

  /** An export disarms in CSV what a spreadsheet would run; read back, it is what it was. */
  #cellOf(mapped: MappedColumn): Cell | null {
    const cell = this.reader.cell(this.row, mapped)
    const isDisarmed = this.#isOwn && cell !== null && DISARMED.test(cell.text)
    return isDisarmed ? { ...cell, text: cell.text.slice(1) } : cell
  }

  #remember(field: Target, cell: Cell | null) {
    if (field === 'keep' || field === 'ignore' || field === 'type') return
    this.cells[field] = joined([this.cells[field] ?? '', cell?.text.trim() ?? ''])
  }

  #fill(field: FieldKey, mapped: MappedColumn, cell: Cell) {
    const kind = fieldOf(field)!.kind
    if (kind === 'id') return this.#takeId(field, cell)
    if (field === 'title') return this.#takeTitle(mapped.column.header, cell)
    if (field === 'description') return void this.#descriptions.push(shown(cell))
    if (kind === 'text') return this.#takeText(field, mapped.column.header, shown(cell))
    if (kind === 'line' || kind === 'person')
      return this.#takeLine(field, mapped.column.header, shown(cell))
    if (kind === 'date') return this.#takeDate(field, mapped, cell)
    if (kind === 'score') return this.#takeScore(field, mapped, cell)
    if (kind === 'pair') return this.#takePair(field, mapped, cell)
    if (kind === 'version') return
    if (kind === 'refs') return this.#takePredecessors(mapped.column.header, cell)
    if (kind === 'progress') return this.#takeProgress(mapped.column.header, cell)
    if (field === 'status') return this.#takeStatus(mapped, cell)
    if (field === 'priority') return this.#takePriority(mapped, cell)
    this.#takeChoice(field, mapped, cell)
  }

  #takeId(field: FieldKey, cell: Cell) {
    const text = oneLine(shown(cell))
    const isLongFraction = /^\d+\.\d{12,}$/.test(text)
    const id = isLongFraction ? repaired(Number(text)) : text
    if (isLongFraction) this.notes.push(`reference ${text} read as ${id}`)
    if (field === 'parentSourceId') this.#parentSourceId = id
    else this.#sourceId = id
  }

  #takeTitle(header: string, cell: Cell) {
    if (this.#title === '') this.#title = shown(cell)
    else this.#keep(header, shown(cell))
  }

  #takeText(field: FieldKey, header: string, text: string) {
    const before = this.attributes[field]
    this.attributes[field] = before === undefined ? text : `${before}\n\n${header}: ${text}`
  }

  #takeLine(field: FieldKey, header: string, text: string) {
    const line = oneLine(text)
    if (this.attributes[field] !== undefined) return this.#keep(header, text)
    this.attributes[field] = shorten(line, LONGEST_LINE)
    if (line.length > LONGEST_LINE) this.#keep(header, text)
  }

  #takeDate(field: FieldKey, mapped: MappedColumn, cell: Cell) {
    const { column, mapping } = mapped
    const date = readDate(cell, mapping.dateOrder ?? 'dmy', this.reader.table.sheet.epoch1904)
    if (!date && /^0([.,]0+)?$/.test(cell.text.trim()))
      return this.#noteEmpty(column.header, cell.text, cell)
    if (date) this.attributes[field] = date
    else this.#keepUnread(column.header, shown(cell), 'is no date')
  }

  #takeScore(field: FieldKey, { column, mapping }: MappedColumn, cell: Cell) {
    const score = this.#mapped(mapping.values, cell) ?? readScore(cell, mapping.scale ?? 'words')
    if (score === null) return this.#keepUnread(column.header, shown(cell), 'is no score')
    this.attributes[field] = Number(score)
    if (shown(cell) !== String(score)) this.#noteRead(column.header, shown(cell), `${score} of 5`)
  }

  #takePair(field: FieldKey, { column, mapping }: MappedColumn, cell: Cell) {
    const pair = readPair(cell.text, mapping.scale ?? '1-5')
    if (!pair) return this.#keepUnread(column.header, shown(cell), 'is not likelihood × impact')
    const stage = field.replace('Pair', '')
    this.attributes[`${stage}Likelihood`] = pair.likelihood
    this.attributes[`${stage}Impact`] = pair.impact
    this.#noteRead(
      column.header,
      shown(cell),
      `likelihood ${pair.likelihood}, impact ${pair.impact}`
    )
  }

  #takeStatus({ column, mapping }: MappedColumn, cell: Cell) {
    const text = shown(cell)
    const given = this.#mapped(mapping.values, cell)
    const own = ownState(given ?? text, this.type)
    const reading = readSituation(text)
    const situation = given && given in SITUATIONS ? (given as Situation) : reading?.situation
    const state = own ?? (situation ? stateOf(situation, this.type) : null)
    if (!state)
      return this.#keepUnread(
        column.header,
        text,
        `is no known status; set to ${words(STATES[this.type].initial)}`
      )
    this.attributes.status = state
    if (state === 'blocked' && !this.reader.text(this.row, 'blockedReason'))
      this.attributes.blockedReason = `${column.header} in the file: ${short(text)}`
    if (fold(text) !== words(state)) this.#noteRead(column.header, text, words(state))
    if (reading?.how === 'partial') this.#keep(column.header, text)
  }

  #takePriority({ column, mapping }: MappedColumn, cell: Cell) {
    const text = shown(cell)
    const priority = this.#mapped(mapping.values, cell) ?? priorityOf(text) ?? byNumber(text)
    if (!priority) return this.#keepUnread(column.header, text, 'is no known priority')
    if (this.type === 'task') return void (this.attributes.priority = priority)
    this.attributes.priorityOverride = priority
    if (this.#isOwn) return
    this.attributes.priorityReason = `${column.header} in the imported file: ${text}`
  }

  #takeChoice(field: FieldKey, { column, mapping }: MappedColumn, cell: Cell) {
    const text = shown(cell)
    const { choices } = this.reader.table
    const reading = choices.read(field, text)
    const given = choices.offered(field, this.#mapped(mapping.values, cell))
    const value = given ?? reading?.value
    if (!value) return this.#keepUnread(column.header, text, 'fits no value')
    if (this.attributes[field] !== undefined) return this.#keep(column.header, text)
    this.attributes[field] = value
    const name = choices.nameOf(field, value)
    if (fold(text) !== fold(name)) this.#noteRead(column.header, text, name)
    const isWhole = reading?.how !== 'partial'
    if (!isWhole && field === 'response') this.#takeText('responsePlan', column.header, text)
    else if (!isWhole || field === 'category') this.#keepIfLost(column.header, text, name)
  }

  /** A category is coarser than what people write, so their word stays readable. */
  #keepIfLost(header: string, text: string, name: string) {
    if (!fold(name).split(' ').includes(fold(text))) this.#keep(header, text)
  }

  #takePredecessors(header: string, cell: Cell) {
    const { refs, unread, otherwise } = readPredecessors(shown(cell))
    this.#predecessors.push(...refs)
    for (const link of otherwise)
      this.notes.push(`${header} “${link}” is kept as waiting for the end of what goes before`)
    if (unread.length > 0) this.#keepUnread(header, unread.join(', '), 'names no row')
  }

  #takeProgress(header: string, cell: Cell) {
    const share = readShare(cell)
    if (share === null) return this.#keepUnread(header, shown(cell), 'is no share of work')
    this.#progress = share
    if (share > 0 && share < 1) this.#keep(header, `${Math.round(share * 100)} %`)
  }

  #mapped(values: Record<string, string> | undefined, cell: Cell): string | null {
    return values?.[cell.text.trim()] || null
  }

  /** 'none' or 'no' may be a placeholder elsewhere and still a value of this column. */
  #isKnownValue({ mapping }: MappedColumn, text: string): boolean {
    const kind = fieldOf(mapping.field)?.kind
    if (kind !== 'status' && kind !== 'choice') return false
    return (
      Boolean(mapping.values?.[text]) || (kind === 'status' && readSituation(text)?.how === 'exact')
    )
  }

  #noteType({ column }: MappedColumn, text: string) {
    if (fold(text) !== this.type) this.#noteRead(column.header, text, this.type)
  }

  #noteEmpty(header: string, text: string, cell: Cell) {
    if (text === '' || isDash(text)) return
    const why = cell.formula && /^0$/.test(text) ? 'an empty formula' : 'a placeholder'
    this.notes.push(`${header} “${short(text)}” is ${why} and was left empty`)
  }

  #noteRead(header: string, text: string, value: string) {
    this.notes.push(`${header} “${short(text)}” read as ${value}`)
  }

  #keep(header: string, text: string) {
    const line = `${header}: ${text.trim()}`
    if (!this.#kept.includes(line)) this.#kept.push(line)
  }

  #keepUnread(header: string, text: string, why: string) {
    this.notes.push(`${header} “${short(text)}” ${why}; kept in the description`)
    this.#keep(header, text)
  }

  #ignore(header: string, text: string, reason: string) {
    this.ignored.push({ header, value: text, reason })
  }

  #ignoreLeftOut(left: { columns: number[]; header: string; reason: string }) {
    for (const column of left.columns) {
      const cell = this.row.cells.get(column)
      if (cell) this.#ignore(left.header, cell.text.trim(), left.reason)
    }
  }

  #settleNature() {
    if (this.type !== 'risk') return
    const response = this.attributes.response as string | undefined
    if (response && OPPORTUNITY_ONLY.has(response) && this.attributes.nature === undefined) {
      this.attributes.nature = response === 'reject' ? 'threat' : 'opportunity'
      if (response !== 'reject')
        this.notes.push(`read as an opportunity because its response is ${response}`)
    }
    this.attributes.nature ??= 'threat'
    const unfit = this.attributes.nature === 'threat' ? OPPORTUNITY_ONLY : THREAT_ONLY
    if (!response || !unfit.has(response)) return
    this.notes.push(
      `the response ${response} does not fit a ${this.attributes.nature}; kept in the description`
    )
    this.#keep('Response', response)
    delete this.attributes.response
  }

  #settleStatus() {
    const { initial } = STATES[this.type]
    if (this.attributes.status !== undefined) return
    const isDecided = this.type === 'decision' && this.attributes.decidedOn !== undefined
    const isClosed = this.attributes.closedOn !== undefined
    const progressed = this.#progress === null ? null : statusAt(this.#progress)
    if (progressed && !isClosed) return void (this.attributes.status = progressed)
    this.attributes.status = isDecided
      ? 'decided'
      : isClosed
        ? stateOf('closed', this.type)
        : initial
  }

  #name() {
    const description = joined(this.#descriptions)
    const fallbacks = [
      'event',
      'cause',
      'effect',
      'responsePlan',
      'resolution',
      'validationMethod',
      'rationale',
      'options',
      'counterpartName',
    ]
    const texts = fallbacks.map((field) => String(this.attributes[field] ?? ''))
    const kept = this.#kept.map((line) => line.slice(line.indexOf(': ') + 2))
    const named = nameRecord(this.#title, description, [...texts, ...kept])
    this.attributes.title = named.title
    const whole = joined([named.description, ...this.#kept])
    if (whole !== '') this.attributes.description = whole
    if (named.note) this.notes.push(named.note)
  }
}
