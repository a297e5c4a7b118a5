import type { LeftOutColumn } from '#imports/detection/table'
import { labelText } from '#imports/detection/header_rows'
import { matchHeader } from '#imports/mapping/match_header'
import { columnName, type SheetRow } from '#imports/workbook/workbook'

type Span = [number, number]

/** Separates what is side by side: another table, or a key beside the log. */
export function splitBlocks(
  header: SheetRow[],
  rows: SheetRow[]
): { blocks: Span[]; leftOut: LeftOutColumn[] } {
  const spans = contiguous(header, rows)
  const blocks: Span[] = []
  const leftOut: LeftOutColumn[] = []
  for (const span of spans) {
    const main = blocks[0]
    if (!main) blocks.push(span)
    else if (isOwnTable(span, main, header)) blocks.push(span)
    else if (isBeside(span, main, header, rows)) leftOut.push(toLeftOut(span, header))
    else if (blocks.length === 1) blocks[0] = [main[0], span[1]]
    else blocks[blocks.length - 1][1] = span[1]
  }
  return { blocks: blocks.length > 0 ? blocks : [[0, Number.MAX_SAFE_INTEGER]], leftOut }
}

function contiguous(header: SheetRow[], rows: SheetRow[]): Span[] {
  const used = new Set<number>()
  for (const row of [...header, ...rows]) for (const column of row.cells.keys()) used.add(column)
  const spans: Span[] = []
  for (const column of [...used].sort((a, b) => a - b)) {
    const last = spans.at(-1)
    if (last && column <= last[1] + 1) last[1] = column
    else spans.push([column, column])
  }
  return spans
}

function conceptsIn([from, to]: Span, header: SheetRow[]): Set<string> {
  const found = new Set<string>()
  for (const row of header) {
    for (const [column, cell] of row.cells) {
      if (column < from || column > to) continue
      const match = matchHeader(labelText(cell.text))
      if (match && match.score >= 0.7) found.add(match.concept)
    }
  }
  return found
}

/** A block with its own names and ids beside one that has them too is a separate table. */
function isOwnTable(span: Span, main: Span, header: SheetRow[]): boolean {
  const [own, others] = [conceptsIn(span, header), conceptsIn(main, header)]
  const names = ['title', 'description', 'sourceId'].filter((concept) => own.has(concept))
  const repeated = names.filter((concept) => others.has(concept))
  return own.size >= 3 && names.length >= 2 && repeated.length >= 2
}

/** Unnamed or foreign columns that fill other rows than the table are notes or a key. */
function isBeside(span: Span, main: Span, header: SheetRow[], rows: SheetRow[]): boolean {
  const inside = rows.filter((row) => has(row, span))
  if (inside.length === 0) return !header.some((row) => has(row, span))
  const both = inside.filter((row) => countIn(row, main) >= 2).length
  const mainRows = rows.filter((row) => countIn(row, main) >= 2).length
  const named = header.some((row) => has(row, span))
  const concepts = conceptsIn(span, header)
  if (!named) return both < mainRows * 0.7 || inside.length !== both
  if (concepts.has('note') || concepts.has('plan') || concepts.has('owner')) return false
  const isKey = inside.length <= 12 && inside.length < mainRows && both <= inside.length
  const isSmall =
    countIn(inside[0], span) <= 3 && !concepts.has('raisedOn') && !concepts.has('dueOn')
  return (
    both < inside.length * 0.6 ||
    (isKey && isSmall && startsAtTop(inside, rows) && isList(inside, span))
  )
}

function startsAtTop(inside: SheetRow[], rows: SheetRow[]): boolean {
  return (
    inside[0].number === rows[0].number &&
    inside.at(-1)!.number - inside[0].number === inside.length - 1
  )
}

/** A list of options never repeats itself. */
function isList(inside: SheetRow[], [from]: Span): boolean {
  const texts = inside.map((row) => row.cells.get(from)?.text ?? '')
  return (
    new Set(texts).size === texts.length &&
    texts.length >= 3 &&
    texts.every((text) => text.length < 30)
  )
}

function has(row: SheetRow, span: Span): boolean {
  return countIn(row, span) > 0
}

function countIn(row: SheetRow, [from, to]: Span): number {
  let count = 0
  for (const column of row.cells.keys()) if (column >= from && column <= to) count++
  return count
}

function toLeftOut([from, to]: Span, header: SheetRow[]): LeftOutColumn {
  const texts = header.flatMap((row) =>
    [...row.cells]
      .filter(([column]) => column >= from && column <= to)
      .map(([, cell]) => cell.text.trim())
  )
  return {
    key: from === to ? columnName(from) : `${columnName(from)}:${columnName(to)}`,
    columns: Array.from({ length: to - from + 1 }, (_, index) => from + index),
    header: texts.join(', ') || 'no header',
    reason: 'is beside the table',
  }
}
