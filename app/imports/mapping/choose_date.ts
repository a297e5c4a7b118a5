import type { Candidate } from '#imports/mapping/candidates'
import { choose, keep, type Choice } from '#imports/mapping/choice'
import type { Concept } from '#imports/vocabulary/headers'
import type { RecordType } from '#imports/vocabulary/kinds'
import { fold } from '#imports/vocabulary/text'

/** Header meanings that are dates; the fields have the same names. */
const DATES = [
  'raisedOn',
  'dueOn',
  'nextReviewOn',
  'closedOn',
  'triggerOn',
  'promisedOn',
  'decidedOn',
] as const satisfies Concept[]

type DateConcept = (typeof DATES)[number]

/** Whether headers of this meaning name a date. */
export function isDate(concept: Concept): concept is DateConcept {
  return (DATES as readonly Concept[]).includes(concept)
}

/** The field of a column whose header names a date; dates written as prose do not count. */
export function chooseDate(
  { profile, score, label }: Candidate,
  concept: DateConcept,
  type: RecordType | null,
  others: Candidate[]
): Choice {
  const isPlain = type === 'decision' && /^(date|datum|fecha|data|dato)$/.test(fold(label))
  const field =
    isPlain && !others.some((other) => other.concept === 'decidedOn' && other.profile.dates > 0.3)
      ? 'decidedOn'
      : concept
  if (profile.isEmpty || profile.dates + profile.serials > 0.3) return choose(field, score)
  if (concept === 'closedOn' && isYesNo(profile.texts)) return choose('status', 0.6, 'its values')
  if (concept === 'dueOn' || concept === 'promisedOn') {
    const isTimely = profile.texts.some((text) =>
      /\d|asap|ongoing|q[1-4]|end|ende|fin|month|week|immediate|sofort/i.test(text)
    )
    if (isTimely) return choose(field, score * 0.8)
  }
  return keep('it holds no dates')
}

function isYesNo(texts: string[]): boolean {
  return texts.every((text) =>
    /^(y|n|yes|no|ja|nein|oui|non|si|sí|nee|nei|nej|tak|nie|sim|não|true|false|x)$/i.test(text)
  )
}
