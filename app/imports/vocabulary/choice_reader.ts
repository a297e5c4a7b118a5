import { CHOICES } from '#imports/vocabulary/choices'
import { FuzzyIndex } from '#imports/vocabulary/fuzzy'
import { fold, valueIn } from '#imports/vocabulary/text'

type ChoiceReading = { value: string; how: 'exact' | 'misspelt' | 'partial' }

/** The names of a choice field's values, by value: only these can be read. */
export type OwnNames = Record<string, Record<string, string>>

type Lookup = { words: Map<string, string>; misspelt: FuzzyIndex }

const usual = new Map(Object.entries(CHOICES).map(([field, values]) => [field, lookupOf(values)]))

/** Reads the choice fields of a file by the usual words, or first by the values' own names if they have any. */
export class ChoiceReader {
  readonly #lookups = new Map(usual)

  constructor(private own: OwnNames = {}) {
    for (const [field, names] of Object.entries(own)) {
      this.#lookups.set(field, lookupOf(usualWordsOf(field, names), names))
    }
  }

  /** The value of a choice field that a cell names; partial when the cell says more. */
  read(field: string, text: string): ChoiceReading | null {
    const found = this.#lookups.get(field)
    return found ? readIn(found, text) : null
  }

  /** The value if it can still be chosen. */
  offered(field: string, value: string | null): string | null {
    const names = this.own[field]
    return value && names && !Object.hasOwn(names, value) ? null : value
  }

  /** A value's name. */
  nameOf(field: string, value: string): string {
    return this.own[field]?.[value] ?? value.replaceAll('_', ' ')
  }
}

export const usualChoices = new ChoiceReader()

/** The usual words for the values that can be chosen. */
function usualWordsOf(field: string, names: Record<string, string>) {
  const known = CHOICES[field] ?? {}
  return Object.fromEntries(Object.entries(known).filter(([value]) => Object.hasOwn(names, value)))
}

function lookupOf(values: Record<string, string[]>, names: Record<string, string> = {}): Lookup {
  const lookup = new Map<string, string>()
  const add = (word: string, value: string) => {
    if (word && !lookup.has(word)) lookup.set(word, value)
  }
  for (const [value, name] of Object.entries(names)) add(fold(name), value)
  for (const [value, list] of Object.entries(values)) {
    for (const word of [fold(value), ...list]) add(word, value)
  }
  return { words: lookup, misspelt: new FuzzyIndex(lookup.keys()) }
}

function readIn({ words: lookup, misspelt }: Lookup, text: string): ChoiceReading | null {
  const unnumbered = valueIn(text).replace(/^[([]?\d{1,3}[)\]]?\s*[-–.:]?\s*(?=\p{L})/u, '')
  const plain = fold(unnumbered)
  const bare = fold(unnumbered.replace(/\s*[([].*$/s, ''))
  const exact = lookup.get(plain) ?? lookup.get(bare)
  if (exact) return { value: exact, how: 'exact' }
  const close = misspelt.nearest(bare)
  if (close) return { value: lookup.get(close)!, how: 'misspelt' }
  return inParts(text, lookup)
}

function inParts(text: string, lookup: Map<string, string>): ChoiceReading | null {
  if (text.length > 60) return leadingWord(text, lookup)
  for (const part of text.split(/[,;/|:&+\n–]| - | and | und | et | y | e /)) {
    const found = lookup.get(fold(part))
    if (found && fold(part).length > 2) return { value: found, how: 'partial' }
  }
  return leadingWord(text, lookup)
}

function leadingWord(text: string, lookup: Map<string, string>): ChoiceReading | null {
  const first = /^(\p{L}{4,})\s*[:–-]/u.exec(text.trim())
  const found = first && lookup.get(fold(first[1]))
  return found ? { value: found, how: 'partial' } : null
}
