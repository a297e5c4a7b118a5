import { readFileSync } from 'node:fs'
import { openSync, type Font } from 'fontkit'
import { fileURLToPath } from 'node:url'

/** A font split into files, each for some ranges of Unicode. */
type Slice = { path: string; ranges: [from: number, to: number][] }
export type Weight = 'regular' | 'bold'

/** A stretch of text that one file can show. */
type Run = { path: string; text: string }

const FOLDER = fileURLToPath(new URL('../../../resources/fonts/', import.meta.url))

/** The Chinese, Japanese and symbol glyphs come in one weight. */
const books: Record<Weight, Slice[]> = {
  regular: [...slicesOf('noto-sans', 400), ...slicesOf('noto-sans-sc', 400)],
  bold: [...slicesOf('noto-sans', 700), ...slicesOf('noto-sans-sc', 400)],
}

/** The file for plain Latin text, and for everything that no other covers. */
export function plainFont(weight: Weight) {
  return books[weight].find(
    ({ path }) => path.includes('noto-sans-latin-') && !path.includes('ext')
  )!.path
}

/**
 * Splits a text where another file is needed. A character that no font has becomes a replacement mark rather than
 * nothing, so that a reader knows something was there.
 */
export function runsOf(text: string, weight: Weight): Run[] {
  const runs: Run[] = []
  for (const character of text.normalize('NFC')) {
    const last = runs.at(-1)
    const fitting = filesFor(character, weight)
    const path = fitting.find((one) => one === last?.path) ?? fitting[0]
    const shown = path ? character : '\uFFFD'
    const used = path ?? plainFont(weight)
    if (last?.path === used) last.text += shown
    else runs.push({ path: used, text: shown })
  }
  return runs
}

const known: Record<Weight, Map<string, string[]>> = { regular: new Map(), bold: new Map() }

/**
 * The files that can show a character. The one in use continues as long as it can: a space in Chinese needs no other.
 */
function filesFor(character: string, weight: Weight): string[] {
  let found = known[weight].get(character)
  if (!found) {
    const code = character.codePointAt(0)!
    found = books[weight]
      .filter(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to))
      .map(({ path }) => path)
      .filter((path) => opened(path).hasGlyphForCodePoint(code))
    known[weight].set(character, found)
  }
  return found
}

const fonts = new Map<string, Font>()

/** A slice declares its ranges, but the font may lack some of their characters. */
function opened(path: string) {
  const font = fonts.get(path) ?? (openSync(path) as Font)
  fonts.set(path, font)
  return font
}

function slicesOf(name: string, weight: number): Slice[] {
  const file = readFileSync(`${FOLDER}${name}/unicode.json`, 'utf8')
  const subsets = Object.entries(JSON.parse(file) as Record<string, string>)
  // Plain Latin first: its characters are in other slices as well.
  subsets.sort(([one], [other]) => Number(other === 'latin') - Number(one === 'latin'))
  return subsets.map(([subset, ranges]) => ({
    path: `${FOLDER}${name}/${name}-${subset.replaceAll(/[[\]]/g, '')}-${weight}-normal.woff`,
    ranges: ranges.split(',').map(rangeOf),
  }))
}

function rangeOf(text: string): [number, number] {
  const [from, to] = text.replace('U+', '').split('-')
  return [Number.parseInt(from, 16), Number.parseInt(to ?? from, 16)]
}
