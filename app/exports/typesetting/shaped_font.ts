import { create, type Font } from 'fontkit'
import { openFont, type Glyph, type Manner, type Piece } from '#exports/typesetting/shaping'
import { subsetOf, WRITTEN } from '#exports/typesetting/subset'

type Shape = (text: string, manner: Manner) => Glyph[]

/**
 * A font for pdfkit, which asks it to lay out text and embeds the glyphs it returns. They come from HarfBuzz. Each
 * cluster is one glyph of the embedded font, and the same shape is a different glyph if it stands for other characters:
 * any program that copies text from the PDF then gets the original.
 */
export function shapedFont(path: string, shape: Shape): Font {
  const font = create(openFont(path).bytes) as Font
  const units = (length: number) => Math.round(length * font.unitsPerEm)
  const numbers = new Map<string, number>()
  const written: Piece[][] = []

  /** The font's box for a missing character stays glyph 0, so that tests find it. */
  function numberOf({ pieces, codePoints }: Glyph) {
    if (pieces.some(({ id }) => id === 0)) return 0
    const drawn = pieces.map(({ id, x, y }) => ({ id, x: units(x), y: units(y) }))
    const key = JSON.stringify([drawn, codePoints])
    if (!numbers.has(key)) numbers.set(key, WRITTEN + written.push(drawn) - 1)
    return numbers.get(key)!
  }

  /** The manner arrives as pdfkit's `features`. pdfkit scales the positions in place. */
  const layout = (text: string, [manner]: Manner[]) => {
    const shaped = shape(text, manner)
    const glyphs = shaped.map((glyph) => ({
      id: numberOf(glyph),
      codePoints: glyph.codePoints,
      advanceWidth: units(glyph.advanceWidth),
    }))
    const positions = shaped.map(({ xAdvance }) => ({
      xAdvance: units(xAdvance),
      yAdvance: 0,
      xOffset: 0,
      yOffset: 0,
    }))
    return { glyphs, positions, advanceWidth: 0 }
  }

  return Object.assign(Object.create(font), { layout, createSubset: () => subsetOf(font, written) })
}
