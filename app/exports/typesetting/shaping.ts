import { readFileSync } from 'node:fs'
import * as harfbuzz from 'harfbuzzjs'
import { unwrapFont } from '#exports/typesetting/sfnt'

export type Direction = 'ltr' | 'rtl'

/** How text is drawn: in one direction or the other, or as marks for what no font has. */
export type Manner = Direction | 'missing'

/** One of the font's own glyphs, and its position. */
export type Piece = { id: number; x: number; y: number }

/**
 * A cluster: a letter, a letter with its dots, or several joined. `codePoints` is the text you get by copying it. Lengths
 * are fractions of the font size.
 */
export type Glyph = {
  pieces: Piece[]
  codePoints: number[]
  /** The width of the glyph itself; `xAdvance` is the distance to the next one. */
  advanceWidth: number
  xAdvance: number
}

/** How far text extends above and below its baseline, as fractions of the font size. */
type Reach = { above: number; below: number }

type Opened = { bytes: Buffer; font: harfbuzz.Font }

const MARK = '\uFFFD'
const opened = new Map<string, Opened>()
const buffer = new harfbuzz.Buffer()

// The finest clusters that keep their order: every mark can be copied by itself.
buffer.setClusterLevel(harfbuzz.ClusterLevel.MONOTONE_CHARACTERS)

/** A font file, opened when it is first needed. */
export function openFont(path: string): Opened {
  let found = opened.get(path)
  if (!found) {
    const bytes = unwrapFont(readFileSync(path))
    found = { bytes, font: new harfbuzz.Font(new harfbuzz.Face(new harfbuzz.Blob(bytes))) }
    opened.set(path, found)
  }
  return found
}

/** The glyphs of a text, always from left to right on the page, with letters joined and marks in place. */
export function shape(path: string, text: string, direction: Direction): Glyph[] {
  const { font } = openFont(path)
  buffer.clearContents()
  buffer.addText(text)
  buffer.guessSegmentProperties()
  buffer.setDirection(direction === 'rtl' ? harfbuzz.Direction.RTL : harfbuzz.Direction.LTR)
  harfbuzz.shape(font, buffer)
  return glyphsIn(font, text)
}

/** One glyph per cluster, since a cluster may have more parts than characters, or have them in another order. */
function glyphsIn(font: harfbuzz.Font, text: string) {
  const { upem } = font.face
  const infos = buffer.getGlyphInfos()
  const positions = buffer.getGlyphPositions()
  const ends = endsOf(infos.map(({ cluster }) => cluster))
  const glyphs: (Glyph & { cluster: number })[] = []
  for (const [index, { codepoint: id, cluster }] of infos.entries()) {
    const { xAdvance, xOffset, yOffset } = positions[index]
    let glyph = glyphs.at(-1)
    if (glyph?.cluster !== cluster) {
      const codePoints = codesOf(text.slice(cluster, ends.get(cluster)))
      const advanceWidth = font.glyphHAdvance(id) / upem
      glyph = { cluster, pieces: [], codePoints, advanceWidth, xAdvance: 0 }
      glyphs.push(glyph)
    }
    glyph.pieces.push({ id, x: glyph.xAdvance + xOffset / upem, y: yOffset / upem })
    glyph.xAdvance += xAdvance / upem
    if (glyph.pieces.length > 1 || xAdvance === 0) glyph.advanceWidth = glyph.xAdvance
  }
  return glyphs
}

/** A cluster's number is where it begins in the text. It ends where the next one begins. */
function endsOf(clusters: number[]) {
  const starts = [...new Set(clusters)].sort((one, other) => one - other)
  return new Map(starts.map((start, index) => [start, starts[index + 1]]))
}

/** A replacement mark for each grapheme that no font has. Copying the mark gives the original text. */
export function shapeMissing(path: string, text: string): Glyph[] {
  return [...new Intl.Segmenter('en').segment(text)].flatMap(({ segment }) =>
    shape(path, MARK, 'ltr').map((glyph) => ({ ...glyph, codePoints: codesOf(segment) }))
  )
}

/** How far these glyphs extend above and below the baseline. */
export function reachOf(path: string, glyphs: Glyph[]): Reach {
  const { font } = openFont(path)
  const { upem } = font.face
  const reach = { above: 0, below: 0 }
  for (const { id, y } of glyphs.flatMap(({ pieces }) => pieces)) {
    const extents = font.glyphExtents(id)
    if (!extents) continue
    const top = y + extents.yBearing / upem
    reach.above = Math.max(reach.above, top)
    reach.below = Math.max(reach.below, -top - extents.height / upem)
  }
  return reach
}

function codesOf(text: string) {
  return [...text].map((character) => character.codePointAt(0)!)
}
