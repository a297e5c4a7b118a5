import {
  hex,
  LEFT,
  slideTable,
  titled,
  WIDTH,
  type Deck,
  type Slide,
} from '#exports/board_pack/slide'
import { palette } from '#exports/board_pack/palette'
import type { Cell } from '#exports/board_pack/table'
import type { Part } from '#exports/board_pack/words'

/** Content with a heading that shares a slide with others, and its greatest height in inches. */
type Block = { title: string; height: number; draw: (slide: Slide, y: number) => unknown }

const TOP = 1
const BOTTOM = 6.9
const HEADING = 0.34
const GAP = 0.2
const FONT = 11
const ROWS_A_BLOCK = 12

/**
 * The height of a line and the width of an average letter in inches; programs differ, so rather too much than too
 * little.
 */
const LINE = (FONT * 1.2) / 72
const LETTER = (FONT * 0.5) / 72
const MARGINS = 0.1

/** Stacks blocks on as few slides as possible: no one wants to leaf through a slide for each row or two. */
export function stackedSlides(deck: Deck, title: string, blocks: Block[]) {
  let slide: Slide | null = null
  let y = BOTTOM
  for (const block of blocks) {
    if (!slide || y + HEADING + block.height > BOTTOM) {
      slide = titled(deck, title)
      y = TOP
    }
    heading(slide, block.title, y)
    block.draw(slide, y + HEADING)
    y += HEADING + block.height + GAP
  }
}

/** A table as blocks, each with as many rows as a slide holds. */
export function tableBlocks({ title, head, rows }: Part): Block[] {
  const count = Math.ceil(rows.length / ROWS_A_BLOCK)
  const whole = head.reduce((sum, { share }) => sum + share, 0)
  const widths = head.map(({ share }) => (share / whole) * WIDTH)
  return Array.from({ length: count }, (_, index) => {
    const body = rows.slice(index * ROWS_A_BLOCK, (index + 1) * ROWS_A_BLOCK)
    return {
      title: count > 1 ? `${title} (${index + 1} of ${count})` : title,
      height: body.reduce((sum, row) => sum + heightOf(row, widths), LINE + MARGINS),
      draw: (slide, y) => slideTable(slide, { head, rows: body }, { y, fontSize: FONT }),
    }
  })
}

/** A paragraph. */
export function textBlock(title: string, text: string): Block {
  const height = heightOf([text], [WIDTH])
  const draw = (slide: Slide, y: number) =>
    slide.addText(text, {
      x: LEFT,
      y,
      w: WIDTH,
      h: height,
      margin: 0,
      fontSize: FONT,
      valign: 'top',
      color: hex(palette.ink),
    })
  return { title, height, draw }
}

function heading(slide: Slide, title: string, y: number) {
  slide.addText(title, {
    x: LEFT,
    y,
    w: WIDTH,
    h: HEADING,
    margin: 0,
    fontSize: 14,
    bold: true,
    color: hex(palette.ink),
  })
}

function heightOf(row: Cell[], widths: number[]) {
  const lines = row.map((cell, index) => linesOf(cell, widths[index] - 2 * MARGINS))
  return Math.max(1, ...lines) * LINE + MARGINS
}

function linesOf(cell: Cell, width: number) {
  if (typeof cell !== 'string') return 1
  return cell
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * LETTER) / width)), 0)
}
