import type { Sheet } from '#exports/board_pack/sheet'
import { palette } from '#exports/board_pack/palette'
import { turns } from '#registries/direction'

/** Text, or the letter of a rating with its tone and a word beside it, and how each is read out. */
export type Cell = string | { letter: string; tone: string; word?: string; spoken?: string }
export type Column = { label: string; share: number; spoken?: string }

const PAD = 3

/** The gap below a row, and what a page has above its first: a margin, words about what goes on, and the head. */
const GAP = 4
const ABOVE_ROWS = 90

/** The gap between right-to-left text and the next column, in points. */
const GUTTER = 12

/** The space to the left of text beside a badge, in points. */
const BADGE = 17

/** A table as wide as the page; its head is repeated on each page, and read out once. */
export function writeTable(sheet: Sheet, columns: Column[], rows: Cell[][], size = 8) {
  const places = placesOf(sheet, columns)
  sheet.need(40)
  sheet.tags.within('Table', () => {
    sheet.tags.within('TR', () => writeHead(sheet, columns, places))
    for (const row of rows.flatMap((one) => rowsOf(sheet, one, places, size))) {
      writeRow(sheet, row, { columns, places, size })
    }
  })
  sheet.y += 8
}

type Table = { columns: Column[]; places: Place[]; size: number }

function writeRow(sheet: Sheet, row: Cell[], { columns, places, size }: Table) {
  const height = heightOf(sheet, row, places, size)
  if (sheet.need(height)) repeatHead(sheet, columns, places)
  sheet.tags.within('TR', () =>
    row.forEach((cell, index) => {
      const said = { actual: typeof cell === 'string' ? undefined : cell.spoken }
      const draw = () => writeCell(sheet, cell, { ...places[index], y: sheet.y, size })
      if (index === 0) sheet.tags.piece('TH', draw, { ...said, scope: 'Row' })
      else sheet.tags.piece('TD', draw, said)
    })
  )
  sheet.y += height
  sheet.rule(sheet.y - 2)
}

/** A row that is higher than a page, as several: each goes on where the one above it ends. */
function rowsOf(sheet: Sheet, row: Cell[], places: Place[], size: number): Cell[][] {
  const most = sheet.bottom - ABOVE_ROWS
  if (heightOf(sheet, row, places, size) <= most) return [row]
  const parts = row.map((cell, index): [Cell, Cell] =>
    typeof cell === 'string'
      ? sheet.cut(cell, roomFor(cell, places[index].width), most - GAP, { size })
      : [cell, '']
  )
  const rest = parts.map(([, more]) => more)
  return [parts.map(([first]) => first), ...rowsOf(sheet, rest, places, size)]
}

type Place = { x: number; width: number }

function placesOf(sheet: Sheet, columns: Column[]): Place[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0)
  let x = sheet.left
  return columns.map(({ share }) => {
    const width = (share / whole) * sheet.width
    const place = { x, width: width - PAD }
    x += width
    return place
  })
}

function writeHead(sheet: Sheet, columns: Column[], places: Place[]) {
  columns.forEach(({ label, spoken }, index) => {
    const draw = () => sheet.put(label, { ...places[index], ...headOf(sheet) })
    sheet.tags.piece('TH', draw, { scope: 'Column', expanded: spoken })
  })
  underline(sheet)
}

function repeatHead(sheet: Sheet, columns: Column[], places: Place[]) {
  sheet.tags.aside(() =>
    columns.forEach(({ label }, index) => sheet.put(label, { ...places[index], ...headOf(sheet) }))
  )
  underline(sheet)
}

function headOf({ y }: Sheet) {
  return { y, size: 7, weight: 'bold', colour: palette.quiet } as const
}

function underline(sheet: Sheet) {
  sheet.y += 13
  sheet.rule(sheet.y, palette.quiet)
  sheet.y += 3
}

/** As high as its highest cell: a badge is higher than a line. */
function heightOf(sheet: Sheet, row: Cell[], places: Place[], size: number) {
  const heights = row.map((cell, index) => {
    const { width } = places[index]
    if (typeof cell === 'string') return sheet.heightOf(cell, roomFor(cell, width), { size })
    return Math.max(15, sheet.heightOf(cell.word ?? '', width - BADGE, { size }))
  })
  return Math.max(0, ...heights) + GAP
}

function writeCell(sheet: Sheet, cell: Cell, place: Place & { y: number; size: number }) {
  if (typeof cell === 'string') {
    return sheet.put(cell, { ...place, width: roomFor(cell, place.width) })
  }
  const { x, y, width } = place
  sheet.badge(cell.letter, cell.tone, x, y)
  if (cell.word) sheet.put(cell.word, { ...place, x: x + BADGE, width: width - BADGE })
}

function roomFor(text: string, width: number) {
  return turns(text) ? width - GUTTER : width
}
