import type { Sheet } from '#exports/board_pack/sheet'
import { palette } from '#exports/board_pack/palette'

/** Words, or the letter of a rating with its tone and a word beside it. */
export type Cell = string | { letter: string; tone: string; word?: string; colour?: string }
export type Column = { label: string; share: number }

const PAD = 3

/** A table as wide as the page; its head is written again on each page that it reaches. */
export function writeTable(sheet: Sheet, columns: Column[], rows: Cell[][], size = 8) {
  const whole = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => (share / whole) * sheet.width)
  const starts = widths.map((_, index) =>
    widths.slice(0, index).reduce((sum, width) => sum + width, sheet.left)
  )
  const head = () => {
    columns.forEach(({ label }, index) =>
      sheet.put(label, {
        x: starts[index],
        y: sheet.y,
        width: widths[index] - PAD,
        size: 7,
        weight: 'bold',
        colour: palette.quiet,
      })
    )
    sheet.y += 13
    sheet.rule(sheet.y, palette.quiet)
    sheet.y += 3
  }
  const heightOf = (row: Cell[]) =>
    Math.max(
      row.some((cell) => typeof cell !== 'string') ? 15 : 0,
      ...row.map((cell, index) =>
        sheet.heightOf(wordsOf(cell), widths[index] - PAD - (typeof cell === 'string' ? 0 : 17), {
          size,
        })
      )
    ) + 4
  sheet.need(40)
  head()
  for (const row of rows) {
    const height = heightOf(row)
    if (sheet.need(height)) head()
    row.forEach((cell, index) => {
      const place = { x: starts[index], y: sheet.y, width: widths[index] - PAD, size }
      if (typeof cell === 'string') return sheet.put(cell, place)
      sheet.badge(cell.letter, cell.tone, place.x, place.y)
      if (cell.word) sheet.put(cell.word, { ...place, x: place.x + 17, width: place.width - 17 })
    })
    sheet.y += height
    sheet.rule(sheet.y - 2)
  }
  sheet.y += 8
}

function wordsOf(cell: Cell) {
  return typeof cell === 'string' ? cell : (cell.word ?? '')
}
