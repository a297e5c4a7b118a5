import type { Candidate } from '#imports/mapping/candidates'
import { choose, keep, type Choice } from '#imports/mapping/choice'
import type { Target } from '#imports/mapping/fields'
import type { RecordType } from '#imports/vocabulary/kinds'

/** The field of a likelihood, impact, severity or total. */
export function chooseScore(
  candidate: Candidate,
  type: RecordType | null,
  others: Candidate[]
): Choice {
  const { concept, profile, score } = candidate
  const isScored = profile.isEmpty || profile.levels >= 0.5
  if (concept === 'score') return chooseTotal(candidate, others)
  if (concept === 'likelihood')
    return isScored
      ? choose(staged(candidate, 'Likelihood'), score)
      : profile.pairs > 0.5
        ? choose(staged(candidate, 'Pair'), score)
        : keep('it is text')
  if (concept === 'severity') {
    if (type !== 'risk') return isScored ? choose('severity', score) : keep('it is text')
    const hasImpact = others.some((other) => other.concept === 'impact')
    return hasImpact || !isScored
      ? keep('the impact has its own column')
      : choose('currentImpact', score * 0.9)
  }
  const isLevel = profile.isEmpty
    ? concept === 'impact'
    : profile.levels >= 0.5 && profile.averageLength < 25
  if (!isLevel)
    return type === 'risk' || type === null
      ? choose('effect', 0.8, 'its texts')
      : keep('it is text')
  if (
    concept === 'effect' &&
    others.some((other) => other.concept === 'impact' && other.profile.levels >= 0.5)
  )
    return keep('the impact has its own column')
  if (type === 'issue')
    return others.some((other) => other.concept === 'severity')
      ? keep('the severity has its own column')
      : choose('severity', score * 0.9)
  if (type === 'assumption')
    return others.some((other) => other.concept === 'impactIfFalse')
      ? keep('another column says so')
      : choose('impactIfFalse', score * 0.9)
  if (type === 'dependency' || type === 'decision') return keep('no field of its own')
  return choose(staged(candidate, 'Impact'), score)
}

/** A total only repeats likelihood and impact, unless it gives both, as in '3 x 4'. */
function chooseTotal(candidate: Candidate, others: Candidate[]): Choice {
  const { profile, column } = candidate
  const hasParts =
    others.some((other) => other.concept === 'likelihood') &&
    others.some((other) => other.concept === 'impact')
  if (profile.pairs > 0.5 && !hasParts) return choose(staged(candidate, 'Pair'), 0.8, 'its values')
  if (profile.pairs > 0.5 && hasParts) return keep('a total')
  if (profile.averageLength > 40) return keep('it is text')
  if (hasParts && isCalculated(candidate, others))
    return { field: 'ignore', confidence: 0.9, reason: 'calculated from likelihood and impact' }
  return {
    ...keep('a total without its parts cannot be split'),
    confidence: column.isMarks ? 0.4 : 0.6,
  }
}

function isCalculated({ profile, stage }: Candidate, others: Candidate[]): boolean {
  const sameStage = others.filter((other) => other.stage === stage || stage === null)
  const likelihood = sameStage.find(({ concept }) => concept === 'likelihood')
  const impact = sameStage.find(({ concept }) => concept === 'impact')
  if (!likelihood || !impact) return false
  return (
    profile.cells.some((cell) => cell.formula) ||
    profile.numbers.length >= profile.cells.length * 0.8
  )
}

function staged({ stage }: Candidate, part: 'Likelihood' | 'Impact' | 'Pair'): Target {
  const name = stage === 'inherent' ? 'inherent' : stage === 'target' ? 'target' : 'current'
  return `${name}${part}`
}
