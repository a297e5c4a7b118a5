import PDFDocument from 'pdfkit'
import { cutText } from '#exports/board_pack/cutting'
import { palette, toneOf } from '#exports/board_pack/palette'
import { Tags, type Tag } from '#exports/board_pack/tags'
import type { Weight } from '#exports/typesetting/fonts'
import { shapedFont } from '#exports/typesetting/shaped_font'
import { Typesetter, type Line } from '#exports/typesetting/typesetter'

type Style = { size?: number; weight?: Weight; colour?: string }
type Tagged = Style & { tag?: Tag }
type Placed = Style & { x: number; y: number; width: number }

/** The margin of a page, in points. */
const MARGIN = 40

/** A PDF of landscape A4 pages, written from top to bottom, with its fonts embedded. */
export class Sheet {
  readonly document: PDFKit.PDFDocument
  readonly tags: Tags
  readonly #typesetter = new Typesetter()
  readonly #fonts = new Set<string>()
  #continued: string | null = null
  /** Where the next line goes. */
  y = MARGIN

  constructor(
    title: string,
    private footer: string
  ) {
    this.document = new PDFDocument({
      size: 'A4',
      layout: 'landscape',
      margin: MARGIN,
      autoFirstPage: false,
      lang: 'en-GB',
      displayTitle: true,
      tagged: true,
      pdfVersion: '1.7',
      bufferPages: true,
      // Fonts are added as text needs them.
      font: null as never,
      info: { Title: title, Creator: 'Orchestrate' },
    })
    this.tags = new Tags(this.document)
  }

  get left() {
    return MARGIN
  }

  get width() {
    return this.document.page.width - 2 * MARGIN
  }

  /** Where text must end: the foot below is kept for the page's number. */
  get bottom() {
    return this.document.page.height - MARGIN - 18
  }

  /** A new page. What does not fit on it continues on the next, under the same words. */
  page(continued: string | null = null) {
    this.document.addPage()
    this.y = MARGIN
    this.#continued = continued
    return this
  }

  /** Starts another page when so many points no longer fit; true if it did. */
  need(height: number) {
    if (this.y + height <= this.bottom) return false
    this.page(this.#continued)
    if (this.#continued) this.#continue(this.#continued)
    return true
  }

  /** A paragraph across the whole width, below the last content. What no page holds goes on on the next. */
  text(text: string, { tag = 'P', ...style }: Tagged = {}, gap = 4) {
    let rest = text
    while (this.heightOf(rest, this.width, style) > this.bottom - MARGIN) {
      const [part, more] = this.cut(rest, this.width, this.bottom - this.y, style)
      if (part) this.#paragraph(part, tag, style)
      this.need(Infinity)
      rest = more
    }
    this.#paragraph(rest, tag, style)
    this.y += gap
    return this
  }

  #paragraph(text: string, tag: Tag, style: Style) {
    const height = this.heightOf(text, this.width, style)
    this.need(height)
    const place = { x: this.left, y: this.y, width: this.width, ...style }
    this.tags.piece(tag, () => this.put(text, place))
    this.y += height
  }

  /** A text in two: as much as fits into so many points, and the rest. */
  cut(text: string, width: number, height: number, style: Style = {}) {
    return cutText(text, (part) => this.heightOf(part, width, style) <= height)
  }

  /** Writes lines in one place, and returns their height. */
  put(text: string, { x, y, width, size = 9, weight = 'regular', colour = palette.ink }: Placed) {
    const lines = this.#typesetter.lines(text, width / size, weight)
    this.document.fillColor(colour).fontSize(size)
    let top = y
    for (const line of lines) {
      const indent = line.direction === 'rtl' ? width - line.width * size : 0
      this.#write(line, x + Math.max(0, indent), top, size)
      top += heightIn([line], size)
    }
    return top - y
  }

  heightOf(text: string, width: number, { size = 9, weight = 'regular' }: Style = {}) {
    return heightIn(this.#typesetter.lines(text, width / size, weight), size)
  }

  /** The letter of a rating on its colour, which only repeats it. */
  badge(letter: string, tone: string, x: number, y: number) {
    const { fill, ink } = toneOf(tone)
    this.document.roundedRect(x, y, 14, 14, 3).fillAndStroke(fill, palette.line)
    const width = this.#typesetter.widthOf(letter, 'bold') * 9
    this.put(letter, { x: x + 7 - width / 2, y: y + 1, width: 20, weight: 'bold', colour: ink })
  }

  rule(y: number, colour = palette.line) {
    this.tags.aside(() =>
      this.document
        .moveTo(this.left, y)
        .lineTo(this.left + this.width, y)
        .lineWidth(0.5)
        .stroke(colour)
    )
  }

  /** Writes the foot of every page and ends the document. */
  end() {
    const { start, count } = this.document.bufferedPageRange()
    for (let index = start; index < start + count; index++) {
      this.document.switchToPage(index)
      this.document.page.margins.bottom = 0
      const y = this.document.page.height - MARGIN
      const style = { y, width: this.width, size: 7, colour: palette.quiet }
      const number = `Page ${index + 1} of ${count}`
      const x = this.left + this.width - this.#typesetter.widthOf(number, 'regular') * 7
      this.tags.aside(() => {
        this.put(this.footer, { x: this.left, ...style })
        this.put(number, { x, ...style })
      })
    }
    this.document.end()
    return this.document
  }

  #continue(words: string) {
    const place = { x: this.left, y: this.y, width: this.width, size: 11 }
    this.tags.aside(() => {
      this.y += this.put(`${words}, continued`, { ...place, weight: 'bold' }) + 6
    })
  }

  #write(line: Line, x: number, y: number, size: number) {
    for (const { path, text, direction, isMissing, x: along } of line.parts) {
      this.#fontOf(path).text(text, x + along * size, y + line.above * size, {
        lineBreak: false,
        baseline: 'alphabetic',
        features: [isMissing ? 'missing' : direction] as never,
      })
    }
  }

  #fontOf(path: string) {
    if (!this.#fonts.has(path)) {
      const font = shapedFont(path, (text, manner) => this.#typesetter.shaped(path, text, manner))
      this.document.registerFont(path, font as never)
      this.#fonts.add(path)
    }
    return this.document.font(path)
  }
}

function heightIn(lines: Line[], size: number) {
  return lines.reduce((sum, { above, below }) => sum + (above + below) * size, 0)
}
