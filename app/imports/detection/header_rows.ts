import { isTimeLabel } from '#imports/detection/timeline'
import { matchHeader } from '#imports/mapping/match_header'
import { levelOf } from '#imports/vocabulary/levels'
import { splitStage } from '#imports/vocabulary/stages'
import { fold } from '#imports/vocabulary/text'
import type { HeaderMatch } from '#imports/mapping/match_header'
import type { Cell, Sheet, SheetRow } from '#imports/workbook/workbook'

const LONGEST_LABEL = 90
const NAMES = new Set(['title', 'description', 'sourceId', 'cause', 'event', 'plan', 'effect'])

/** How much a row reads like a header; 0 when it does not. */
export function headerScore(row: SheetRow, exact: boolean): number {
  const cells = [...row.cells.values()]
  if (cells.length < 2) return 0
  const concepts = new Map<string, number>()
  let [matched, plain, foreign] = [0, 0, 0]
  for (const cell of cells.slice(0, 80)) {
    if (isTimeLabel(cell.text) || cell.date) continue
    plain++
    const isLabel = cell.number === undefined && cell.text.trim().length <= LONGEST_LABEL
    const match = isLabel ? matchHeader(labelText(cell.text), exact) : null
    if (!match || match.score < 0.6) {
      foreign++
      continue
    }
    matched++
    const key = match.concept + (match.stage ?? '')
    concepts.set(key, Math.max(concepts.get(key) ?? 0, match.score))
  }
  const named = [...concepts.keys()].some((key) => NAMES.has(key))
  const sure = [...concepts.values()].filter((score) => score >= 0.75)
  if (sure.length < 2 || !named || matched / plain < 0.4) return 0
  const sum = [...concepts.values()].reduce((total, score) => total + score, 0)
  return sum - foreign * 0.15
}

/** A later row that starts another table has to look much more like a header than a record. */
export function isLaterHeader(row: SheetRow, first: SheetRow | null): boolean {
  const cells = [...row.cells.values()]
  if (cells.length < 2 || cells.some((cell) => cell.date)) return false
  if (cells.filter((cell) => cell.number !== undefined).length > 1) return false
  if (first && isRepeat(row, first)) return true
  const found = matchAll(cells)
  if (!found) return false
  const sure = found.filter((match): match is HeaderMatch => match !== null && match.score > 0.9)
  const concepts = new Set(sure.map((match) => match.concept))
  const named = [...found].some((match) => match && NAMES.has(match.concept))
  if (!named || concepts.size < 2) return false
  const share = found.filter(Boolean).length / cells.length
  const isBold = cells.every((cell) => cell.bold)
  return share >= 0.6 && (concepts.size >= 3 || isBold || share === 1)
}

/** The matches of a row's cells, or null as soon as too many cells are not a header. */
function matchAll(cells: Cell[]): (HeaderMatch | null)[] | null {
  const found: (HeaderMatch | null)[] = []
  let misses = 0
  for (const cell of cells) {
    const match = matchHeader(labelText(cell.text), true)
    if (!match && ++misses > cells.length * 0.4) return null
    found.push(match)
  }
  return found
}

/** Whether a row says the same as the header row above it. */
export function isRepeat(row: SheetRow, header: SheetRow): boolean {
  const cells = [...row.cells]
  const same = cells.filter(([column, cell]) => {
    const above = header.cells.get(column)
    return above && fold(above.text) === fold(cell.text)
  })
  return same.length >= 2 && same.length === cells.length && same.length >= header.cells.size * 0.8
}

/** The row over a header that groups its columns ('Inherent' over 'Likelihood'), if it does. */
export function isGroupRow(row: SheetRow, header: SheetRow, sheet: Sheet): boolean {
  if (row.number !== header.number - 1) return false
  const cells = [...row.cells]
  if (cells.some(([, cell]) => cell.text.length > 60 || cell.date)) return false
  const columns = [...header.cells.keys()]
  const width = Math.max(...columns) - Math.min(...columns) + 1
  const spans = sheet.merges.from(row.number).filter((merge) => merge.right > merge.left)
  const partial = spans.filter((merge) => merge.right - merge.left + 1 <= width * 0.7)
  if (partial.some((merge) => row.cells.has(merge.left))) return cells.length > 1 || width > 3
  const groups = cells.filter(([, cell]) => isGroupLabel(cell.text))
  if (groups.length === 0 || groups.length < cells.length * 0.5) return false
  return cells.length < header.cells.size || groups.length === cells.length
}

/** The row under a header that names the columns of its groups, if it does. */
export function isSubRow(row: SheetRow, header: SheetRow, sheet: Sheet): boolean {
  if (row.number !== header.number + 1) return false
  const cells = [...row.cells]
  if (cells.length < 2 || cells.some(([, cell]) => cell.date || cell.text.length > 50)) return false
  const free = cells.filter(
    ([column]) => !header.cells.has(column) || inSpan(column, header, sheet)
  )
  if (free.length === 0) return false
  const under = cells.filter(([column, cell]) => {
    const above = header.cells.get(column)
    return (
      !above ||
      inSpan(column, header, sheet) ||
      nextIsBlank(column, row, header) ||
      fold(above.text) === fold(cell.text)
    )
  })
  if (under.length < cells.length * 0.8) return false
  const sublabels = under.filter(([, cell]) => isSubLabel(cell.text))
  return sublabels.length >= under.length * 0.7
}

function nextIsBlank(column: number, row: SheetRow, header: SheetRow): boolean {
  return row.cells.has(column + 1) && !header.cells.has(column + 1)
}

function inSpan(column: number, header: SheetRow, sheet: Sheet): boolean {
  return sheet.merges
    .in(header.number)
    .some(({ left, right }) => left <= column && right >= column && right > left)
}

function isGroupLabel(text: string): boolean {
  const { stage } = splitStage(fold(text))
  const concept = matchHeader(text, true)?.concept
  return (
    stage !== null ||
    ['likelihood', 'impact', 'score', 'plan', 'status', 'type', 'response'].includes(concept ?? '')
  )
}

function isSubLabel(text: string): boolean {
  const match = matchHeader(labelText(text))
  return (
    (match !== null && match.score >= 0.6) ||
    levelOf(text) !== null ||
    isTimeLabel(text) ||
    splitStage(fold(text)).stage !== null
  )
}

/** Header text without decoration. The marks at the end are searched for only where they begin. */
export function labelText(text: string): string {
  return text.replace(/^[\s*•>-]+|(?<![\s*:•▼▲↓↑-])[\s*:•▼▲↓↑-]+$/g, '')
}
