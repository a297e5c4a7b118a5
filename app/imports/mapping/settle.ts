import type { Candidate } from '#imports/mapping/candidates'
import type { Choice } from '#imports/mapping/choice'
import { takesSeveral, type Target } from '#imports/mapping/fields'

export type Chosen = { candidate: Candidate; choice: Choice }

const PARTS = ['Likelihood', 'Impact', 'Pair'] as const

/** Resolves what columns compete for: first scores without a stage, then one column per field. */
export function settle(chosen: Chosen[]): void {
  for (const part of PARTS) spreadStages(chosen, part)
  preferReferences(chosen)
  const taken = new Map<Target, Chosen>()
  const byStrength = [...chosen].sort((a, b) => b.choice.confidence - a.choice.confidence)
  for (const entry of byStrength) {
    const { field } = entry.choice
    if (field === 'keep' || field === 'ignore' || takesSeveral(field)) continue
    const holder = taken.get(field)
    if (!holder) taken.set(field, entry)
    else entry.choice = loser(entry, holder)
  }
}

/** Two unnamed sets are before and after; 'residual' is the risk today. */
function spreadStages(chosen: Chosen[], part: (typeof PARTS)[number]): void {
  const all = chosen.filter(({ choice }) => choice.field.endsWith(part) && choice.field !== 'keep')
  if (all.length === 0) return
  const stages = all.map(({ candidate }) => candidate.stage)
  const everywhere = chosen.map(({ candidate }) => candidate.stage)
  const unnamed = all.filter(({ candidate }) => candidate.stage === null)
  const slots: Target[] = [`inherent${part}`, `current${part}`, `target${part}`]
  if (unnamed.length === all.length && (all.length > 1 || !everywhere.includes('residual'))) {
    if (all.length === 1) return
    all
      .slice(0, 3)
      .forEach((entry, index) => (entry.choice = { ...entry.choice, field: slots[index] }))
    return
  }
  const hasCurrent = stages.includes('current')
  const hasInherent = stages.includes('inherent')
  for (const entry of all) {
    const { stage } = entry.candidate
    if (stage === 'residual')
      entry.choice.field = hasCurrent || (unnamed.length > 0 && hasInherent) ? slots[2] : slots[1]
    if (stage === null)
      entry.choice.field =
        !hasInherent && (everywhere.includes('residual') || hasCurrent) ? slots[0] : slots[1]
  }
}

/** Beside real references a running number is only a row number. */
function preferReferences(chosen: Chosen[]): void {
  const ids = chosen.filter(({ choice }) => choice.field === 'sourceId')
  const named = ids.find(({ candidate }) =>
    candidate.profile.texts.some((text) => /\p{L}/u.test(text))
  )
  if (!named || ids.length < 2) return
  for (const entry of ids) {
    if (entry === named || !entry.candidate.profile.isSequence) continue
    entry.choice = {
      field: 'ignore',
      confidence: 0.8,
      reason: 'a running number beside the reference',
    }
  }
  named.choice.confidence = 1
}

function loser(entry: Chosen, holder: Chosen): Choice {
  const { field } = entry.choice
  if (field === 'title' && entry.candidate.profile.averageLength > 0) {
    return { field: 'description', confidence: 0.5, reason: 'a second title' }
  }
  return {
    field: 'keep',
    confidence: 0.5,
    reason: `“${holder.candidate.column.header}” already fills this field`,
  }
}
