const LETTERS: Record<string, string> = {
  'ß': 'ss',
  'ø': 'o',
  'æ': 'ae',
  'œ': 'oe',
  'ł': 'l',
  'đ': 'd',
  'ı': 'i',
  '’': "'",
}

const folded = new Map<string, string>()
const MOST_FOLDED = 20_000

/** Lower case without accents or punctuation: the form in which all words are compared. */
export function fold(text: string): string {
  const known = folded.get(text)
  if (known !== undefined) return known
  const plain = text
    .slice(0, 2_000)
    .replace(/([a-z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[ßøæœłđı’]/g, (letter) => LETTERS[letter])
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ºª°]/g, ' ')
    .replace(/[#№]/g, ' no ')
    .replace(/%/g, ' % ')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim()
  if (folded.size > MOST_FOLDED) folded.clear()
  folded.set(text, plain)
  return plain
}

/** Splits a dictionary line at its commas into folded words. */
export function words(list: string): string[] {
  return list.split(/[,\n]/).map(fold).filter(Boolean)
}

/** One line with single spaces. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Longer than any value that a cell can name. */
const LONGEST_VALUE = 200

/**
 * The part of a cell that is searched for a value: its beginning. Backtracking patterns take the square of a text's
 * length, and a cell may hold a hundred thousand spaces.
 */
export function valueIn(text: string): string {
  return text.trim().slice(0, LONGEST_VALUE)
}

/** Cuts at a word and marks the cut with an ellipsis. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1)
  const space = cut.lastIndexOf(' ')
  const kept = space > most * 0.6 ? cut.slice(0, space) : cut
  return `${kept.replace(/[\s,;:.–-]+$/, '').replace(/[\ud800-\udbff]$/, '')}…`
}
