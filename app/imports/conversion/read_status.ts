import { FuzzyIndex } from '#imports/vocabulary/fuzzy'
import type { RecordType } from '#imports/vocabulary/kinds'
import { SITUATIONS, STATES, type Situation } from '#imports/vocabulary/statuses'
import { fold, valueIn } from '#imports/vocabulary/text'

const BY_WORD = new Map<string, Situation>()
for (const [situation, list] of Object.entries(SITUATIONS)) {
  for (const word of list) if (!BY_WORD.has(word)) BY_WORD.set(word, situation as Situation)
}

const MISSPELT = new FuzzyIndex(BY_WORD.keys())

type StatusReading = { situation: Situation; how: 'exact' | 'misspelt' | 'partial' }

/** What a status cell says, in any record type. */
export function readSituation(text: string): StatusReading | null {
  const unnumbered = valueIn(text).replace(/^[([]?\d{1,3}[)\]]?\s*[-–.:]?\s*(?=\p{L})/u, '')
  const plain = fold(unnumbered.replace(/\s*[([].*$/s, '')) || fold(text)
  const exact = BY_WORD.get(plain) ?? BY_WORD.get(plain.replaceAll(' ', ''))
  if (exact) return { situation: exact, how: 'exact' }
  const close = MISSPELT.nearest(plain)
  if (close) return { situation: BY_WORD.get(close)!, how: 'misspelt' }
  return leading(plain)
}

/** The product's state for a situation. */
export function stateOf(situation: Situation, type: RecordType): string {
  return STATES[type].meanings[situation]
}

/** A state of the product, written exactly. */
export function ownState(text: string, type: RecordType): string | null {
  const plain = fold(text).replaceAll(' ', '_')
  return STATES[type].states.includes(plain) ? plain : null
}

/** 'Closed 12/03 by vendor', 'open - waiting for legal': the leading words decide. */
function leading(plain: string): StatusReading | null {
  const tokens = plain.split(' ')
  for (let length = Math.min(4, tokens.length - 1); length > 0; length--) {
    const start = tokens.slice(0, length).join(' ')
    if (start.length < 3) continue
    const found = BY_WORD.get(start)
    if (found) return { situation: found, how: 'partial' }
  }
  return null
}
