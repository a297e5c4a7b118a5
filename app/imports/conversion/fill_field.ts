import { readDate } from '#imports/conversion/read_date'
import { readPredecessors, readShare } from '#imports/conversion/read_plan'
import { readPair, readScore } from '#imports/conversion/read_score'
import { ownState, readSituation, stateOf } from '#imports/conversion/read_status'
import type { RecordDraft } from '#imports/conversion/record_draft'
import { byNumber, short, shown, words } from '#imports/conversion/record_text'
import type { MappedColumn, RowReader } from '#imports/conversion/row_reader'
import { fieldOf, type FieldKey, type FieldKind } from '#imports/mapping/fields'
import { priorityOf } from '#imports/vocabulary/levels'
import { SITUATIONS, STATES, type Situation } from '#imports/vocabulary/statuses'
import { fold, oneLine, shorten } from '#imports/vocabulary/text'
import { repaired } from '#imports/workbook/number_formats'
import type { Cell, SheetRow } from '#imports/workbook/workbook'

const LONGEST_LINE = 200

/** A cell that fills a field of a record. */
type Filling = {
  draft: RecordDraft
  reader: RowReader
  row: SheetRow
  mapped: MappedColumn
  field: FieldKey
  cell: Cell
}

/** Fills a field with a cell; anything the field cannot hold goes into the description. */
export function fillField(filling: Filling) {
  const { field } = filling
  const fill = BY_FIELD[field] ?? BY_KIND[fieldOf(field)!.kind]
  fill(filling)
}

type Fill = (filling: Filling) => void

const BY_FIELD: Partial<Record<FieldKey, Fill>> = {
  title: fillTitle,
  description: ({ draft, cell }) => void draft.descriptions.push(shown(cell)),
  priority: fillPriority,
}

const BY_KIND: Record<FieldKind, Fill> = {
  id: fillId,
  text: (filling) => fillText(filling, filling.field),
  line: fillLine,
  person: fillLine,
  date: fillDate,
  score: fillScore,
  pair: fillPair,
  status: fillStatus,
  choice: fillChoice,
  refs: fillPredecessors,
  progress: fillProgress,
  // Neither fills a field: one chose the record's type, the other says which state was exported.
  type: () => {},
  version: () => {},
}

function fillId({ draft, field, cell }: Filling) {
  const text = oneLine(shown(cell))
  const isLongFraction = /^\d+\.\d{12,}$/.test(text)
  const id = isLongFraction ? repaired(Number(text)) : text
  if (isLongFraction) draft.notes.push(`reference ${text} read as ${id}`)
  if (field === 'parentSourceId') draft.parentSourceId = id
  else draft.sourceId = id
}

function fillTitle({ draft, mapped, cell }: Filling) {
  if (draft.title === '') draft.title = shown(cell)
  else draft.keep(mapped.column.header, shown(cell))
}

function fillText({ draft, mapped, cell }: Filling, field: FieldKey) {
  const text = shown(cell)
  const before = draft.attributes[field]
  draft.attributes[field] =
    before === undefined ? text : `${before}\n\n${mapped.column.header}: ${text}`
}

function fillLine({ draft, field, mapped, cell }: Filling) {
  const { header } = mapped.column
  const text = shown(cell)
  if (draft.attributes[field] !== undefined) return draft.keep(header, text)
  const line = oneLine(text)
  draft.attributes[field] = shorten(line, LONGEST_LINE)
  if (line.length > LONGEST_LINE) draft.keep(header, text)
}

function fillDate({ draft, reader, field, mapped, cell }: Filling) {
  const { header } = mapped.column
  const date = readDate(cell, mapped.mapping.dateOrder ?? 'dmy', reader.table.sheet.epoch1904)
  if (date) draft.attributes[field] = date
  else if (/^0([.,]0+)?$/.test(cell.text.trim())) draft.noteEmpty(header, cell.text, cell)
  else draft.keepUnread(header, shown(cell), 'is no date')
}

function fillScore({ draft, field, mapped, cell }: Filling) {
  const { header } = mapped.column
  const text = shown(cell)
  const score = given(mapped, cell) ?? readScore(cell, mapped.mapping.scale ?? 'words')
  if (score === null) return draft.keepUnread(header, text, 'is no score')
  draft.attributes[field] = Number(score)
  if (text !== String(score)) draft.noteRead(header, text, `${score} of 5`)
}

function fillPair({ draft, field, mapped, cell }: Filling) {
  const { header } = mapped.column
  const pair = readPair(cell.text, mapped.mapping.scale ?? '1-5')
  if (!pair) return draft.keepUnread(header, shown(cell), 'is not likelihood × impact')
  const { likelihood, impact } = pair
  const stage = field.replace('Pair', '')
  draft.attributes[`${stage}Likelihood`] = likelihood
  draft.attributes[`${stage}Impact`] = impact
  draft.noteRead(header, shown(cell), `likelihood ${likelihood}, impact ${impact}`)
}

function fillStatus({ draft, reader, row, mapped, cell }: Filling) {
  const { header } = mapped.column
  const text = shown(cell)
  const chosen = given(mapped, cell)
  const reading = readSituation(text)
  const situation = chosen && chosen in SITUATIONS ? (chosen as Situation) : reading?.situation
  const state =
    ownState(chosen ?? text, draft.type) ?? (situation ? stateOf(situation, draft.type) : null)
  if (!state) {
    const initial = words(STATES[draft.type].initial)
    return draft.keepUnread(header, text, `is no known status; set to ${initial}`)
  }
  draft.attributes.status = state
  if (state === 'blocked' && !reader.text(row, 'blockedReason')) {
    draft.attributes.blockedReason = `${header} in the file: ${short(text)}`
  }
  if (fold(text) !== words(state)) draft.noteRead(header, text, words(state))
  if (reading?.how === 'partial') draft.keep(header, text)
}

function fillPriority({ draft, reader, mapped, cell }: Filling) {
  const { header } = mapped.column
  const text = shown(cell)
  const priority = given(mapped, cell) ?? priorityOf(text) ?? byNumber(text)
  if (!priority) return draft.keepUnread(header, text, 'is no known priority')
  if (draft.type === 'task') {
    draft.attributes.priority = priority
    return
  }
  draft.attributes.priorityOverride = priority
  if (!reader.isOwn) draft.attributes.priorityReason = `${header} in the imported file: ${text}`
}

function fillChoice(filling: Filling) {
  const { draft, reader, field, mapped, cell } = filling
  const { header } = mapped.column
  const text = shown(cell)
  const { choices } = reader.table
  const reading = choices.read(field, text)
  const value = choices.offered(field, given(mapped, cell)) ?? reading?.value
  if (!value) return draft.keepUnread(header, text, 'fits no value')
  if (draft.attributes[field] !== undefined) return draft.keep(header, text)
  draft.attributes[field] = value
  const name = choices.nameOf(field, value)
  if (fold(text) !== fold(name)) draft.noteRead(header, text, name)
  const isWhole = reading?.how !== 'partial'
  if (!isWhole && field === 'response') fillText(filling, 'responsePlan')
  else if ((!isWhole || field === 'category') && isLost(text, name)) draft.keep(header, text)
}

/** A category is coarser than what people write, so their word may not be in its name. */
function isLost(text: string, name: string) {
  return !fold(name).split(' ').includes(fold(text))
}

function fillPredecessors({ draft, mapped, cell }: Filling) {
  const { header } = mapped.column
  const { refs, unread, otherwise } = readPredecessors(shown(cell))
  draft.predecessors.push(...refs)
  for (const link of otherwise) {
    draft.notes.push(`${header} “${link}” is read as waiting for the end of the earlier task`)
  }
  if (unread.length > 0) draft.keepUnread(header, unread.join(', '), 'names no row')
}

function fillProgress({ draft, mapped, cell }: Filling) {
  const { header } = mapped.column
  const share = readShare(cell)
  if (share === null) return draft.keepUnread(header, shown(cell), 'is no share of work')
  draft.progress = share
  if (share > 0 && share < 1) draft.keep(header, `${Math.round(share * 100)} %`)
}

/** What the importing person said a cell with this text means. */
function given({ mapping }: MappedColumn, cell: Cell): string | null {
  return mapping.values?.[cell.text.trim()] || null
}
