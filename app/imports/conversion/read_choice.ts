import { CHOICES } from '#imports/vocabulary/choices'
import { FuzzyIndex } from '#imports/vocabulary/fuzzy'
import { fold } from '#imports/vocabulary/text'

export type ChoiceReading = { value: string; how: 'exact' | 'misspelt' | 'partial' }

type Lookup = { words: Map<string, string>; misspelt: FuzzyIndex }

const lookups = new Map<string, Lookup>()
for (const [field, values] of Object.entries(CHOICES)) {
  const lookup = new Map<string, string>()
  for (const [value, list] of Object.entries(values)) {
    lookup.set(fold(value), value)
    for (const word of list) if (!lookup.has(word)) lookup.set(word, value)
  }
  lookups.set(field, { words: lookup, misspelt: new FuzzyIndex(lookup.keys()) })
}

/** The value of a choice field a cell names; partial when more stands beside it. */
export function readChoice(field: string, text: string): ChoiceReading | null {
  const found = lookups.get(field)
  if (!found) return null
  const { words: lookup, misspelt } = found
  const unnumbered = text.replace(/^\s*[([]?\d{1,3}[)\]]?\s*[-–.:]?\s*(?=\p{L})/u, '')
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
