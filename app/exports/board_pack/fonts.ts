import { readFileSync } from 'node:fs'
import { openSync, type Font } from 'fontkit'
import { fileURLToPath } from 'node:url'

/** A font cut into files, each for some ranges of Unicode. */
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

/** The file that shows plain Latin text, and everything that no other does. */
export function plainFont(weight: Weight) {
  return books[weight].find(
    ({ path }) => path.includes('noto-sans-latin-') && !path.includes('ext')
  )!.path
}

/**
 * Cuts a text where another file is needed. A character that no font has is shown as a replacement mark
 * rather than as nothing, so that a reader knows that something stood there.
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

/** The files that show a character. The one in use goes on as long as it can: a space in Chinese needs no other. */
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

/** A slice tells its ranges, but a font need not have every character of them. */
function opened(path: string) {
  const font = fonts.get(path) ?? (openSync(path) as Font)
  fonts.set(path, font)
  return font
}

function slicesOf(name: string, weight: number): Slice[] {
  const file = readFileSync(`${FOLDER}${name}/unicode.json`, 'utf8')
  const subsets = Object.entries(JSON.parse(file) as Record<string, string>)
  // Plain Latin first: its characters stand in other slices as well.
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
