import {
  headerScore,
  isGroupRow,
  isLaterHeader,
  isRepeat,
  isSubRow,
} from '#imports/detection/header_rows'
import { kindOfRef } from '#imports/vocabulary/kinds'
import { matchHeader } from '#imports/mapping/match_header'
import type { Sheet } from '#imports/workbook/workbook'

const SEARCHED_ROWS = 80
const MISSPELT_ROWS = 25

/** The one or two rows of a header, by their position in the sheet's rows. */
export type HeaderAt = { from: number; to: number }

/** Finds every header of a sheet: the first one, then those of tables stacked below it. */
export function findHeaders(sheet: Sheet): HeaderAt[] {
  const first = firstHeader(sheet)
  if (!first) return []
  const headers = [first]
  for (let index = first.to + 1; index < sheet.rows.length; index++) {
    const last = headers.at(-1)!
    if (index <= last.to) continue
    const row = sheet.rows[index]
    const lastRow = sheet.rows[last.to]
    if (!isLaterHeader(row, lastRow) || isRepeat(row, lastRow)) continue
    const header = widened(sheet, index)
    headers.push({ from: Math.max(header.from, last.to + 1), to: header.to })
  }
  return headers
}

/** The header that starts at a row chosen by the user. */
export function headerAtRow(sheet: Sheet, rowNumber: number): HeaderAt | null {
  const index = sheet.rows.findIndex((row) => row.number === rowNumber)
  if (index < 0) return null
  const next = sheet.rows[index + 1]
  return next && isSubRow(next, sheet.rows[index], sheet)
    ? { from: index, to: index + 1 }
    : { from: index, to: index }
}

function firstHeader(sheet: Sheet): HeaderAt | null {
  const index = bestIndex(sheet, SEARCHED_ROWS, true) ?? bestIndex(sheet, MISSPELT_ROWS, false)
  if (index !== null) return widened(sheet, index)
  return singleHeader(sheet) ?? sparseHeader(sheet) ?? plainHeader(sheet)
}

/** The first row that reads like a header, or a clearly better one right below it. */
function bestIndex(sheet: Sheet, searched: number, exact: boolean): number | null {
  let best: { index: number; score: number } | null = null
  for (const [index, row] of sheet.rows.slice(0, searched).entries()) {
    if (best && row.number > sheet.rows[best.index].number + 12) break
    const score = headerScore(row, exact)
    if (score === 0) continue
    if (!best || score > best.score + (index - best.index <= 1 ? 0.5 : 1)) best = { index, score }
  }
  return best?.index ?? null
}

function widened(sheet: Sheet, index: number): HeaderAt {
  const row = sheet.rows[index]
  const above = sheet.rows[index - 1]
  const below = sheet.rows[index + 1]
  if (below && isSubRow(below, row, sheet)) return { from: index, to: index + 1 }
  if (above && isGroupRow(above, row, sheet)) return { from: index - 1, to: index }
  return { from: index, to: index }
}

/** A list of one column under a word such as 'Assumptions'. */
function singleHeader(sheet: Sheet): HeaderAt | null {
  for (const [index, row] of sheet.rows.slice(0, 10).entries()) {
    const cells = [...row.cells]
    const [column, cell] = cells[0]
    if (cells.length !== 1) continue
    const match = matchHeader(cell.text)
    const rest = sheet.rows.slice(index + 1)
    const isList =
      rest.length >= 2 && rest.every((other) => other.cells.size === 1 && other.cells.has(column))
    if (isList && match?.kind && match.concept === 'title') return { from: index, to: index }
  }
  return null
}

/** Only the name column has a header; the rows below are wider than it. */
function sparseHeader(sheet: Sheet): HeaderAt | null {
  for (const [index, row] of sheet.rows.slice(0, 10).entries()) {
    const [[column, cell]] = row.cells
    const match = row.cells.size === 1 ? matchHeader(cell.text, true) : null
    const below = sheet.rows.slice(index + 1, index + 21)
    const isName = match !== null && (match.concept === 'title' || match.concept === 'description')
    const isWide =
      below.length >= 2 && below.every((other) => other.cells.size >= 3 && other.cells.has(column))
    if (isName && isWide && !match.kind) return { from: index, to: index }
  }
  return null
}

/** A row of short texts above rows that fill the same columns, in words that no dictionary has. */
function plainHeader(sheet: Sheet): HeaderAt | null {
  for (const [index, row] of sheet.rows.slice(0, 20).entries()) {
    const below = sheet.rows.slice(index + 1, index + 21)
    const cells = [...row.cells]
    const isShort = cells.every(
      ([, cell]) => cell.number === undefined && !cell.date && cell.text.trim().length <= 50
    )
    const isDistinct = new Set(cells.map(([, cell]) => cell.text)).size === cells.length
    if (cells.length < 3 || !isShort || !isDistinct || below.length < 2) continue
    if (cells.some(([, cell]) => kindOfRef(cell.text) && /\d/.test(cell.text))) return null
    const filled = below.filter(
      (other) => cells.filter(([column]) => other.cells.has(column)).length >= 2
    )
    if (filled.length >= below.length * 0.6) return { from: index, to: index }
  }
  return null
}
