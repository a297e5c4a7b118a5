import { lettersOf, piecesOf } from '#exports/typesetting/breaking'
import { isJapanese, plainFont, runsOf, type Run, type Weight } from '#exports/typesetting/fonts'
import { Paragraph } from '#exports/typesetting/order'
import {
  reachOf,
  shape,
  shapeMissing,
  type Direction,
  type Glyph,
  type Manner,
} from '#exports/typesetting/shaping'
import { turns } from '#registries/direction'

/** A run in one direction. `x` is its distance from the left end of the line, as a fraction of the font size. */
type Placed = Run & { direction: Direction; x: number }

type Look = { weight: Weight; isFromJapan: boolean }

/** A line of text. `parts` are in reading order. Lengths are fractions of the font size. */
export type Line = {
  direction: Direction
  parts: Placed[]
  width: number
  above: number
  below: number
}

/** How far Noto Sans extends above and below its baseline. */
const ABOVE = 1.069
const BELOW = 0.291

/** The space above and below letters that extend further. */
const AIR = 0.05
const BREAKS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/

/** Breaks text of any script into lines. */
export class Typesetter {
  readonly #shaped = new Map<string, Glyph[]>()
  readonly #widths = new Map<string, number>()

  /** The lines of a text, none wider than `width`. A word is split only if it is longer than a line. */
  lines(text: string, width: number, weight: Weight): Line[] {
    return text
      .split(BREAKS)
      .flatMap((one) => this.#linesOf(one.replaceAll('\t', ' '), width, weight))
  }

  widthOf(text: string, weight: Weight) {
    return this.#measure(text, { weight, isFromJapan: isJapanese(text) })
  }

  /** The glyphs of a run. */
  shaped(path: string, text: string, manner: Manner): Glyph[] {
    const key = `${path} ${manner} ${text}`
    let glyphs = this.#shaped.get(key)
    if (!glyphs) {
      glyphs = manner === 'missing' ? shapeMissing(path, text) : shape(path, text, manner)
      this.#shaped.set(key, glyphs)
    }
    return glyphs
  }

  #linesOf(text: string, most: number, weight: Weight): Line[] {
    const paragraph = new Paragraph(text)
    const look = { weight, isFromJapan: isJapanese(text) }
    const lines: Line[] = []
    let [start, end, width] = [0, 0, 0]
    for (const piece of piecesOf(text).flatMap((one) => this.#cut(one, most, look))) {
      if (end > start && width + this.#measure(piece.trimEnd(), look) > most) {
        lines.push(this.#line(paragraph, start, end, look))
        start = end
        width = 0
      }
      end += piece.length
      width += this.#measure(piece, look)
    }
    return [...lines, this.#line(paragraph, start, end, look)]
  }

  /** Graphemes are measured one by one: joined letters are hardly ever wider. */
  #cut(piece: string, most: number, look: Look): string[] {
    if (this.#measure(piece.trimEnd(), look) <= most) return [piece]
    const pieces: string[] = []
    let width = Infinity
    for (const letter of lettersOf(piece)) {
      const more = this.#measure(letter, look)
      if (width + more > most) {
        pieces.push(letter)
        width = more
      } else {
        pieces[pieces.length - 1] += letter
        width += more
      }
    }
    return pieces
  }

  #measure(text: string, { weight, isFromJapan }: Look) {
    const key = `${weight} ${isFromJapan} ${text}`
    let width = this.#widths.get(key)
    if (width === undefined) {
      const direction = turns(text) ? 'rtl' : 'ltr'
      const runs = runsOf(text, weight, isFromJapan)
      width = runs.reduce((sum, run) => sum + widthOf(this.#glyphs(run, direction)), 0)
      this.#widths.set(key, width)
    }
    return width
  }

  #line(paragraph: Paragraph, start: number, end: number, look: Look): Line {
    const { direction, text } = paragraph
    const line: Line = { direction, parts: [], width: 0, above: ABOVE, below: BELOW }
    const last = start + text.slice(start, end).trimEnd().length
    const stretches = paragraph.stretches(start, last).map((stretch) => ({
      start: stretch.start,
      parts: this.#place(line, stretch, look),
    }))
    stretches.sort((one, other) => one.start - other.start)
    return { ...line, parts: stretches.flatMap(({ parts }) => parts) }
  }

  /** Adds a stretch at the right end of the line, and returns its parts in reading order. */
  #place(line: Line, { text, direction }: { text: string; direction: Direction }, look: Look) {
    const parts = runsOf(text, look.weight, look.isFromJapan).map((run) => ({
      ...run,
      direction,
      x: 0,
    }))
    for (const part of direction === 'rtl' ? parts.toReversed() : parts) {
      const glyphs = this.#glyphs(part, direction)
      part.x = line.width
      line.width += widthOf(glyphs)
      if (part.path === plainFont(look.weight)) continue
      const { above, below } = reachOf(part.path, glyphs)
      line.above = Math.max(line.above, above + AIR)
      line.below = Math.max(line.below, below + AIR)
    }
    return parts
  }

  #glyphs({ path, text, isMissing }: Run, direction: Direction) {
    return this.shaped(path, text, isMissing ? 'missing' : direction)
  }
}

function widthOf(glyphs: Glyph[]) {
  return glyphs.reduce((sum, { xAdvance }) => sum + xAdvance, 0)
}
