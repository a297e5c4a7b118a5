import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Weight = 'regular' | 'bold'

/** A stretch of text in one font file. `isMissing` if no file has it: a mark is shown in its place. */
export type Run = { path: string; text: string; isMissing: boolean }

type Listed = { path: string; weight: number; shows: string }
type FontFile = { path: string; ranges: [from: number, to: number][] }

const FOLDER = fileURLToPath(new URL('../../../resources/fonts/', import.meta.url))
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ff]*$/
const BETWEEN_WORDS = /^[\p{P}\p{Z}]/u
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Cn}]/u
const graphemes = new Intl.Segmenter('en')

const listed: Listed[] = JSON.parse(readFileSync(`${FOLDER}fonts.json`, 'utf8'))
const [regular, bold] = [400, 700].map((weight) =>
  listed.filter((one) => one.weight === weight).map(fontFile)
)

/** Files that come in one weight only follow the bold ones. */
const books: Record<Weight, FontFile[]> = { regular, bold: [...bold, ...regular] }

function fontFile({ path, shows }: Listed): FontFile {
  return { path: FOLDER + path, ranges: shows.split(' ').map(rangeOf) }
}

function rangeOf(text: string): [number, number] {
  const [from, to] = text.split('-')
  return [Number.parseInt(from, 16), Number.parseInt(to ?? from, 16)]
}

/** The file for plain Latin text, and for the mark in place of what no file has. */
export function plainFont(weight: Weight) {
  return books[weight][0].path
}

/** True if the text is Japanese, where Chinese characters have other shapes. */
export function isJapanese(text: string) {
  return JAPANESE.test(text)
}

/** Splits a text where another file is needed, never within a grapheme. */
export function runsOf(text: string, weight: Weight, isFromJapan: boolean): Run[] {
  const plain = plainFont(weight)
  if (PLAIN.test(text)) return text ? [{ path: plain, text, isMissing: false }] : []
  const runs: Run[] = []
  for (const { segment } of graphemes.segment(text.toWellFormed().normalize('NFC'))) {
    for (const run of runsOfLetter(segment, runs.at(-1)?.path, { weight, isFromJapan })) {
      const last = runs.at(-1)
      if (last?.path === run.path && last.isMissing === run.isMissing) last.text += run.text
      else runs.push(run)
    }
  }
  return runs
}

type Choice = { weight: Weight; isFromJapan: boolean }

/** In one file if any has all of it, otherwise in as many as it takes, otherwise as a mark. */
function runsOfLetter(letter: string, last: string | undefined, choice: Choice): Run[] {
  const whole = fileFor(letter, last, choice)
  if (whole) return [{ path: whole, text: letter, isMissing: false }]
  const parts = [...letter].map((text) => ({ path: fileFor(text, last, choice), text }))
  if (parts.every(({ path }) => path)) {
    return parts.map(({ path, text }) => ({ path: path!, text, isMissing: false }))
  }
  const text = UNPRINTABLE.test(letter) ? '\uFFFD' : letter
  return [{ path: plainFont(choice.weight), text, isMissing: true }]
}

/** Spaces and punctuation stay with the word before them, except after emoji, whose space is wide. */
function fileFor(letter: string, last: string | undefined, { weight, isFromJapan }: Choice) {
  const fitting = filesFor(letter, weight)
  if (BETWEEN_WORDS.test(letter) && !last?.includes('emoji')) {
    const stays = fitting.find((path) => path === last)
    if (stays) return stays
  }
  const [first, second] = fitting
  const isWrittenOtherwise = first?.includes('-jp-') && second?.includes('-sc-') && !isFromJapan
  return isWrittenOtherwise ? second : first
}

const known: Record<Weight, Map<string, string[]>> = { regular: new Map(), bold: new Map() }

function filesFor(letter: string, weight: Weight): string[] {
  let found = known[weight].get(letter)
  if (!found) {
    const codes = [...letter.replaceAll(INVISIBLE, '')].map((one) => one.codePointAt(0)!)
    found = books[weight]
      .filter((file) => !UNPRINTABLE.test(letter) && codes.every((code) => hasLetter(file, code)))
      .map(({ path }) => path)
    known[weight].set(letter, found)
  }
  return found
}

function hasLetter({ ranges }: FontFile, code: number) {
  return ranges.some(([from, to]) => code >= from && code <= to)
}
