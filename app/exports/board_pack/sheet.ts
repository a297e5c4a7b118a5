import PDFDocument from 'pdfkit'
import { plainFont, runsOf, type Weight } from '#exports/board_pack/fonts'
import { palette, toneOf } from '#exports/board_pack/palette'
import { Tags, type Tag } from '#exports/board_pack/tags'

type Style = { size?: number; weight?: Weight; colour?: string }
type Tagged = Style & { tag?: Tag }
type Placed = Style & { x: number; y: number; width: number }

/** The margin of a page, in points. */
const MARGIN = 40

/** A PDF of landscape A4 pages, written from top to bottom, with its fonts embedded. */
export class Sheet {
  readonly document: PDFKit.PDFDocument
  readonly tags: Tags
  readonly #advances = new Map<string, number>()
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
      font: plainFont('regular'),
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

  /** A new page. What does not fit continues on the next, under the same words. */
  get bottom() {
    return this.document.page.height - MARGIN - 18
  }

  /** A new page. What does not fit on it goes on below the same words on the next. */
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

  /** A paragraph across the whole width, below the last content. */
  text(text: string, { tag = 'P', ...style }: Tagged = {}, gap = 4) {
    const height = this.heightOf(text, this.width, style)
    this.need(height)
    const place = { x: this.left, y: this.y, width: this.width, ...style }
    this.tags.piece(tag, () => this.put(text, place))
    this.y += height + gap
    return this
  }

  /** Writes lines in one place, and returns their height. */
  put(text: string, { x, y, width, size = 9, weight = 'regular', colour = palette.ink }: Placed) {
    const lines = this.#lines(text, width, size, weight)
    this.document.fillColor(colour).fontSize(size)
    lines.forEach((line, index) => this.#line(line, x, y + index * leading(size), weight))
    return lines.length * leading(size)
  }

  heightOf(text: string, width: number, { size = 9, weight = 'regular' }: Style = {}) {
    return this.#lines(text, width, size, weight).length * leading(size)
  }

  /** The letter of a rating on its colour, which only repeats it. */
  badge(letter: string, tone: string, x: number, y: number) {
    const { fill, ink } = toneOf(tone)
    this.document.roundedRect(x, y, 14, 14, 3).fillAndStroke(fill, palette.line)
    const width = this.#widthOf(letter, 9, 'bold')
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
      const x = this.left + this.width - this.#widthOf(number, 7, 'regular')
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

  #line(line: string, x: number, y: number, weight: Weight) {
    for (const { path, text } of runsOf(line, weight)) {
      this.document.font(path).text(text, x, y, { lineBreak: false })
      x += this.document.widthOfString(text)
    }
  }

  /** Breaks at spaces, and within a word only if it is longer than a line or its script has no spaces. */
  #lines(text: string, width: number, size: number, weight: Weight) {
    const fits = (line: string) => this.#widthOf(line, size, weight) <= width
    return text.split('\n').flatMap((paragraph) => {
      const lines: string[] = []
      let line = ''
      for (const word of paragraph.split(/(?<=\s)/)) {
        if (fits((line + word).trimEnd())) {
          line += word
          continue
        }
        if (line) lines.push(line.trimEnd())
        const pieces = piecesOf(word, fits)
        line = pieces.pop() ?? ''
        lines.push(...pieces)
      }
      return [...lines, line.trimEnd()]
    })
  }

  #widthOf(text: string, size: number, weight: Weight) {
    let width = 0
    for (const { path, text: run } of runsOf(text, weight)) {
      for (const character of run) width += this.#advance(path, character)
    }
    return width * size
  }

  /** The width of a character at a size of one point: asking the font each time would take seconds. */
  #advance(path: string, character: string) {
    const key = `${path} ${character}`
    let advance = this.#advances.get(key)
    if (advance === undefined) {
      advance = this.document.font(path).fontSize(100).widthOfString(character) / 100
      this.#advances.set(key, advance)
    }
    return advance
  }
}

/** A word in as many pieces as it needs, each as long as fits. */
function piecesOf(word: string, fits: (line: string) => boolean) {
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece && !fits(piece + character)) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece]
}

function leading(size: number) {
  return size * 1.36
}
