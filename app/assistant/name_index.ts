/** A name as it may appear in a text, and the word that replaces it. */
export type Known = { name: string; word: string }

type Entry = { words: string[]; exact: string[] | null; word: string }

const WORD = /[\p{L}\p{M}\p{N}]+/gu
const BETWEEN = /^[\s_\-–.,'’]{1,3}$/
const CAPITAL = /^\p{Lu}/u
const SHORTEST_PART = 3

/** Replaces a name that two people share, or that belongs to no one we know. */
export const SOMEBODY = '[name]'

/**
 * Finds names in text however they are written: the whole name, whatever its capitals and accents, or only a first or
 * last name that begins with a capital. The word for a name that two people share identifies neither.
 */
export class NameIndex {
  #byFirstWord = new Map<string, Entry[]>()

  constructor(known: Known[]) {
    for (const entry of entriesOf(known)) {
      const list = this.#byFirstWord.get(entry.words[0]) ?? []
      this.#byFirstWord.set(entry.words[0], [...list, entry])
    }
    for (const list of this.#byFirstWord.values()) {
      list.sort((one, other) => other.words.length - one.words.length)
    }
  }

  replace(text: string, found: (word: string) => void = () => {}): string {
    const words = [...text.matchAll(WORD)].map((match) => ({
      text: match[0],
      from: match.index,
      to: match.index + match[0].length,
    }))
    let result = ''
    let at = 0
    for (let place = 0; place < words.length; place++) {
      const entry = this.#entryAt(words, place, text)
      if (!entry) continue
      const last = words[place + entry.words.length - 1]
      result += text.slice(at, words[place].from) + entry.word
      found(entry.word)
      at = last.to
      place += entry.words.length - 1
    }
    return result + text.slice(at)
  }

  #entryAt(words: Place[], place: number, text: string) {
    const candidates = this.#byFirstWord.get(fold(words[place].text)) ?? []
    return candidates.find((entry) => stands(entry, words, place, text))
  }
}

type Place = { text: string; from: number; to: number }

function stands({ words, exact }: Entry, places: Place[], start: number, text: string) {
  return words.every((word, index) => {
    const place = places[start + index]
    if (!place || fold(place.text) !== word) return false
    if (exact && !CAPITAL.test(place.text)) return false
    return index === 0 || BETWEEN.test(text.slice(places[start + index - 1].to, place.from))
  })
}

/** Whole names, and the parts by which people are called. */
function entriesOf(known: Known[]): Entry[] {
  const whole = known.map(({ name, word }) => ({ words: wordsOf(name), word }))
  const parts = whole.flatMap(({ words, word }) =>
    words.filter(isTelling).map((part) => ({ words: [part], word }))
  )
  return [
    ...unambiguous(whole.map(({ words, word }) => ({ words: words.map(fold), word, exact: null }))),
    ...unambiguous(
      parts.map(({ words, word }) => ({ words: words.map(fold), word, exact: words }))
    ),
  ]
}

function unambiguous(entries: Entry[]): Entry[] {
  const found = new Map<string, Entry>()
  for (const entry of entries.filter(({ words }) => words.length > 0)) {
    const key = entry.words.join(' ')
    const other = found.get(key)
    found.set(key, other && other.word !== entry.word ? { ...entry, word: SOMEBODY } : entry)
  }
  return [...found.values()]
}

function isTelling(part: string) {
  return part.length >= SHORTEST_PART && CAPITAL.test(part)
}

function wordsOf(name: string) {
  return name.match(WORD) ?? []
}

function fold(word: string) {
  return word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
