import type { Font } from 'fontkit'
import type { Piece } from '#exports/typesetting/shaping'

/** Glyph numbers from here on are ours; lower ones are the font's own. */
export const WRITTEN = 0x10000

/** The parts of fontkit's TrueType subset that its types leave out. */
type Subset = {
  glyphs: number[]
  mapping: Record<number, number>
  glyf: Uint8Array[]
  loca: { offsets: number[] }
  hmtx: { metrics: { advance: number; bearing: number }[] }
  offset: number
  includeGlyph(number: number): number
  _addGlyph(number: number): number
}

type Tables = Font & { maxp: { maxComponentDepth: number; maxComponentElements: number } }

/** Flags and sizes of a composite glyph: see OpenType's `glyf` table. */
const WORDS = 0x1
const XY = 0x2
const MORE = 0x20
const HEAD = 10
const COMPONENT = 8

/** A subset of a font that adds a composite glyph for each cluster of several pieces. */
export function subsetOf(font: Font, written: Piece[][]) {
  const subset = font.createSubset() as unknown as Subset
  const addOwn = subset._addGlyph.bind(subset)
  allowPieces(font as Tables)
  subset.includeGlyph = (number) => {
    subset.mapping[number] ??= subset.glyphs.push(number) - 1
    return subset.mapping[number]
  }
  subset._addGlyph = (number) => {
    if (number < WRITTEN) return addOwn(number)
    const pieces = written[number - WRITTEN]
    const [{ id, x, y }] = pieces
    const isOwn = pieces.length === 1 && x === 0 && y === 0
    return isOwn ? addOwn(id) : addTogether(subset, font, pieces)
  }
  return subset
}

/** Our composites may be made of the font's own composites. */
function allowPieces({ maxp }: Tables) {
  maxp.maxComponentDepth += 1
  maxp.maxComponentElements = Math.max(maxp.maxComponentElements, 0xff)
}

function addTogether(subset: Subset, font: Font, pieces: Piece[]) {
  const box = boxOf(font, pieces)
  const bytes = Buffer.alloc(Math.ceil((HEAD + COMPONENT * pieces.length) / 4) * 4)
  ;[-1, box.left, box.bottom, box.right, box.top].forEach((value, at) =>
    bytes.writeInt16BE(value, 2 * at)
  )
  for (const [index, { id, x, y }] of pieces.entries()) {
    const at = HEAD + COMPONENT * index
    bytes.writeUInt16BE(WORDS | XY | (index < pieces.length - 1 ? MORE : 0), at)
    bytes.writeUInt16BE(subset.includeGlyph(id), at + 2)
    bytes.writeInt16BE(x, at + 4)
    bytes.writeInt16BE(y, at + 6)
  }
  subset.glyf.push(bytes)
  subset.loca.offsets.push(subset.offset)
  subset.hmtx.metrics.push({ advance: Math.max(0, box.right), bearing: box.left })
  subset.offset += bytes.length
  return subset.glyf.length - 1
}

function boxOf(font: Font, pieces: Piece[]) {
  const boxes = pieces.flatMap(({ id, x, y }) => {
    const { minX, minY, maxX, maxY } = font.getGlyph(id).bbox
    return Number.isFinite(minX)
      ? [{ left: minX + x, bottom: minY + y, right: maxX + x, top: maxY + y }]
      : []
  })
  const most = (side: 'right' | 'top') => Math.max(...boxes.map((box) => box[side]), 0)
  const least = (side: 'left' | 'bottom') => Math.min(...boxes.map((box) => box[side]), 0)
  const [left, bottom, right, top] = [least('left'), least('bottom'), most('right'), most('top')]
  return { left, bottom, right, top }
}
