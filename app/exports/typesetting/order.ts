import library from 'bidi-js'
import type { Direction } from '#exports/typesetting/shaping'
import { directionOf, turns } from '#registries/direction'

/** A stretch of text in one direction. `start` is its position in the paragraph. */
type Stretch = { start: number; text: string; direction: Direction }

/** Direction controls: they are not drawn. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** The package's types describe its module, but Node loads its CommonJS half, which is the function itself. */
const bidi = (library as unknown as typeof library.default)()

/** A paragraph and its directions, by Unicode's bidirectional algorithm (UAX 9). */
export class Paragraph {
  readonly direction: Direction
  readonly #levels: Uint8Array | null

  constructor(readonly text: string) {
    this.direction = directionOf(text)
    this.#levels = turns(text) ? bidi.getEmbeddingLevels(text, this.direction).levels : null
  }

  /** A line of the paragraph, as stretches from left to right on the page. */
  stretches(start: number, end: number): Stretch[] {
    const text = this.text.slice(start, end)
    if (!this.#levels || !text) return [{ start, text, direction: 'ltr' }]
    const levels = this.#levels.slice(start, end)
    const paragraphs = [{ start: 0, end: text.length - 1, level: this.direction === 'rtl' ? 1 : 0 }]
    const order = bidi.getReorderedIndices(text, { levels, paragraphs })
    const stretches: { from: number; to: number; level: number }[] = []
    for (const at of order) {
      const level = levels[at]
      const last = stretches.at(-1)
      const step = level % 2 === 1 ? -1 : 1
      if (last?.level === level && at === last.to + step) last.to = at
      else stretches.push({ from: at, to: at, level })
    }
    return stretches
      .map(({ from, to, level }) => {
        const [first, last] = [Math.min(from, to), Math.max(from, to)]
        return stretch(start + first, text.slice(first, last + 1), level)
      })
      .filter((one) => one.text !== '')
  }
}

function stretch(start: number, text: string, level: number): Stretch {
  const direction = level % 2 === 1 ? 'rtl' : 'ltr'
  return { start, text: text.replaceAll(TURNS, ''), direction }
}
