import type { Sheet } from '#exports/board_pack/sheet'
import { palette } from '#exports/board_pack/palette'

/** Words, or the letter of a rating with its tone and a word beside it. */
export type Cell = string | { letter: string; tone: string; word?: string }
export type Column = { label: string; share: number }

const PAD = 3

/** Beside a badge, so many points to the left are its own. */
const BADGE = 17

/** A table as wide as the page; its head is written again on each page that it reaches. */
export function writeTable(sheet: Sheet, columns: Column[], rows: Cell[][], size = 8) {
  const places = placesOf(sheet, columns)
  sheet.need(40)
  writeHead(sheet, columns, places)
  for (const row of rows) {
    const height = heightOf(sheet, row, places, size)
    if (sheet.need(height)) writeHead(sheet, columns, places)
    row.forEach((cell, index) => writeCell(sheet, cell, { ...places[index], y: sheet.y, size }))
    sheet.y += height
    sheet.rule(sheet.y - 2)
  }
  sheet.y += 8
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
  const style = { y: sheet.y, size: 7, weight: 'bold', colour: palette.quiet } as const
  columns.forEach(({ label }, index) => sheet.put(label, { ...places[index], ...style }))
  sheet.y += 13
  sheet.rule(sheet.y, palette.quiet)
  sheet.y += 3
}

/** As its highest cell: a badge is higher than a line. */
function heightOf(sheet: Sheet, row: Cell[], places: Place[], size: number) {
  const heights = row.map((cell, index) => {
    const { width } = places[index]
    if (typeof cell === 'string') return sheet.heightOf(cell, width, { size })
    return Math.max(15, sheet.heightOf(cell.word ?? '', width - BADGE, { size }))
  })
  return Math.max(0, ...heights) + 4
}

function writeCell(sheet: Sheet, cell: Cell, place: Place & { y: number; size: number }) {
  if (typeof cell === 'string') return sheet.put(cell, place)
  const { x, y, width } = place
  sheet.badge(cell.letter, cell.tone, x, y)
  if (cell.word) sheet.put(cell.word, { ...place, x: x + BADGE, width: width - BADGE })
}
