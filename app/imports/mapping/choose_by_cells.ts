import type { Candidate } from '#imports/mapping/candidates'
import { choose, keep, type Choice } from '#imports/mapping/choice'
import type { Concept } from '#imports/vocabulary/headers'
import { fold } from '#imports/vocabulary/text'

/** When a header says nothing, the cells decide. */
export function chooseByCells({ profile, column }: Candidate, others: Candidate[]): Choice {
  const has = (concept: Concept) => others.some((other) => other.concept === concept)
  const isUnnamed = column.labels.every(
    (label) => label === '' || /^column ?\d*$|^unnamed/i.test(fold(label))
  )
  if (
    profile.situations >= 0.8 &&
    profile.distinct <= 8 &&
    profile.averageLength < 25 &&
    profile.levels < 0.5 &&
    !has('status') &&
    profile.kinds.length === 0
  )
    return choose('status', 0.55, 'its values')
  if (
    isUnnamed &&
    !has('sourceId') &&
    profile.references >= 0.9 &&
    profile.distinct === profile.texts.length &&
    column.columns[0] <= 2
  )
    return choose('sourceId', 0.55, 'its values')
  const hasName = has('title') || has('description') || has('event')
  if (!hasName && isLongest(profile.averageLength, others))
    return choose('description', 0.5, 'its texts')
  return keep(isUnnamed ? 'it has no header' : 'its header is unknown')
}

function isLongest(length: number, others: Candidate[]): boolean {
  return (
    length > 12 &&
    others.every((other) => other.concept !== null || other.profile.averageLength <= length)
  )
}
