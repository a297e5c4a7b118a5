import type { Presentation } from '#exports/board_pack/deck'
import { palette, toneOf } from '#exports/board_pack/palette'
import type { Cell, Column } from '#exports/board_pack/table'
import type { Part } from '#exports/board_pack/words'

/** One slide, as the library makes it. */
export type Slide = ReturnType<Presentation['addSlide']>
/** The slides so far, and the text in the footer of each. */
export type Deck = { pptx: Presentation; footer: string }

/** The usable area of a wide slide, in inches. */
export const LEFT = 0.4
export const WIDTH = 12.5

/** A table across as many slides as it needs. */
export function tableSlides(
  deck: Deck,
  { title, head, rows }: Part,
  { perSlide, fontSize = 12, summary }: { perSlide: number; fontSize?: number; summary?: string }
) {
  const pages = Math.max(1, Math.ceil(rows.length / perSlide))
  for (let page = 0; page < pages; page++) {
    const name = pages > 1 ? `${title} (${page + 1} of ${pages})` : title
    const told = page === 0 ? summary : undefined
    const body = rows.slice(page * perSlide, (page + 1) * perSlide)
    slideTable(
      titled(deck, name, told),
      { head, rows: body },
      { y: told ? 1.4 : TABLE_TOP, fontSize }
    )
  }
}

const TABLE_TOP = 1

/** The padding of a cell in inches: many columns leave little. */
const USUAL = [0.05, 0.1, 0.05, 0.1] as [number, number, number, number]
const NARROW = [0.04, 0.05, 0.04, 0.05] as [number, number, number, number]
const MANY = 9

/** A table, starting so many inches from the top of a slide. */
export function slideTable(
  slide: Slide,
  { head, rows }: Omit<Part, 'title'>,
  { y, fontSize }: { y: number; fontSize: number }
) {
  const whole = head.reduce((sum, { share }) => sum + share, 0)
  slide.addTable([head.map(headCell), ...rows.map((row) => row.map(slideCell))], {
    x: LEFT,
    y,
    w: WIDTH,
    fontSize,
    valign: 'middle',
    margin: head.length > MANY ? NARROW : USUAL,
    colW: head.map(({ share }) => (share / whole) * WIDTH),
    border: { type: 'solid', pt: 0.5, color: hex(palette.line) },
    color: hex(palette.ink),
  })
}

function headCell({ label }: Column) {
  const options = { bold: true, color: hex(palette.quiet), fill: { color: hex(palette.sunken) } }
  return { text: label, options }
}

function slideCell(cell: Cell) {
  if (typeof cell === 'string') return { text: cell }
  const { fill, ink } = toneOf(cell.tone)
  const words = cell.word && cell.word !== cell.letter ? `${cell.letter} ${cell.word}` : cell.letter
  return { text: words, options: { fill: { color: hex(fill) }, color: hex(ink), bold: true } }
}

/** The position of titles: on the first slide, and on the others. */
const TITLES = {
  cover: { y: 2, h: 0.9, fontSize: 44 },
  usual: { y: 0.3, h: 0.6, fontSize: 24 },
}

/** Gives slides titles that programs recognise as such: they list slides by them, and read them out. */
export function addLayouts(pptx: Presentation) {
  for (const [title, place] of Object.entries(TITLES)) {
    const options = {
      ...lookOf(place),
      name: 'title',
      type: 'title' as const,
      align: 'left' as const,
    }
    pptx.defineSlideMaster({ title, objects: [{ placeholder: { options, text: '' } }] })
  }
}

/** A new slide with its title. */
export function slideTitled({ pptx }: Deck, title: string, layout: keyof typeof TITLES) {
  const slide = pptx.addSlide({ masterName: layout })
  const look = lookOf(TITLES[layout])
  slide.addText(title, { ...look, placeholder: 'title', valign: 'middle', fit: 'shrink' })
  return slide
}

function lookOf(place: { y: number; h: number; fontSize: number }) {
  return { ...place, x: LEFT, w: WIDTH, margin: 0, bold: true, color: hex(palette.ink) }
}

/** A new slide with its title and a short summary. */
export function titled(deck: Deck, title: string, summary?: string) {
  const slide = slideTitled(deck, title, 'usual')
  if (summary) {
    slide.addText(summary, {
      x: LEFT,
      y: 0.85,
      w: WIDTH,
      h: 0.45,
      margin: 0,
      fontSize: 12,
      color: hex(palette.quiet),
    })
  }
  foot(deck, slide)
  return slide
}

/** The footer of every slide, with its number. */
export function foot({ footer }: Deck, slide: Slide) {
  slide.addText(footer, {
    x: LEFT,
    y: 7.05,
    w: 11,
    h: 0.3,
    margin: 0,
    fontSize: 9,
    color: hex(palette.quiet),
  })
  slide.slideNumber = { x: 12.4, y: 7.05, fontSize: 9, color: hex(palette.quiet) }
}

/** A colour as the library takes it. */
export function hex(colour: string) {
  return colour.slice(1).toUpperCase()
}
