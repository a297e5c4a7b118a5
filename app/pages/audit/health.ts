import type { TrailEvent } from '#audit/trail'
import { dimensions, ratings, type Dimension, type Rating } from '#models/health/enumerations'

const SAID = ['project_rating.declared', 'delivery_confidence.given']

/** True for a first declaration, so that there is no other side to show. */
export function isFirstWord(action: string, changes: { before: string | null }[]) {
  return SAID.includes(action) && changes.every(({ before }) => before === null)
}

/** What a rating or a confidence was given to, such as "schedule of ATLAS: amber". */
export function healthSubject(
  { entityType, facts }: TrailEvent,
  project: { id: string; code: string }
) {
  const rating = ratings[facts.status as Rating]?.toLowerCase()
  const page = `/projects/${project.id}/health`
  if (entityType === 'delivery_confidence') {
    return { subject: `${project.code}: ${rating}`, title: null, href: `${page}#confidence` }
  }
  const dimension = dimensions[facts.kind as Dimension]?.toLowerCase()
  return {
    subject: `${dimension} of ${project.code}: ${rating}`,
    title: null,
    href: `${page}#${facts.kind}`,
  }
}
