import type { Place, Rule } from '#models/gate/rules/rule'
import { computedHealthOf } from '#models/health/computed'
import { deliveryConfidenceOf } from '#models/health/confidence'
import { declaredRatingsOf } from '#models/health/declared'
import { dimensionNames, dimensions, type Dimension } from '#models/health/enumerations'

/** The watermelon: green outside, red within. */
export const greenAsComputed: Rule = {
  label: 'Nothing that is declared green computes as red',
  nouns: [
    'dimension is declared green and computes as red',
    'dimensions are declared green and compute as red',
  ],
  async check({ project }) {
    const declared = await declaredRatingsOf(project)
    const green = dimensionNames.filter((name) => declared[name]?.rating === 'green')
    const found = await computedRed(project, green)
    return {
      isMet: found.length === 0,
      total: found.length,
      hidden: 0,
      offenders: found.map((name) => ({
        id: name,
        ref: dimensions[name],
        title: declared[name]!.differenceReason ?? 'No reason given for the difference',
        why: 'declared green, computed red',
        on: null,
        href: `/projects/${project.id}/health#${name}`,
      })),
    }
  },
  fix: openHealth,
}

export const confidenceGiven: Rule = {
  label: 'Assurance has given its delivery confidence',
  nouns: ['delivery confidence was not given yet', 'delivery confidences were not given yet'],
  async check({ project }) {
    const isGiven = (await deliveryConfidenceOf(project)) !== null
    if (isGiven) return { isMet: true, total: 0, hidden: 0, offenders: [] }
    const says = 'Delivery confidence was not given yet'
    return { isMet: false, total: 1, hidden: 0, offenders: [], says }
  },
  fix: openHealth,
}

async function computedRed(project: Place['project'], among: Dimension[]) {
  if (among.length === 0) return []
  const computed = await computedHealthOf(project)
  return among.filter((name) => computed[name].rating === 'red')
}

function openHealth({ project }: Place) {
  return { label: 'Open health', href: `/projects/${project.id}/health` }
}
