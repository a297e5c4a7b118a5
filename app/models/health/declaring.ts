import { DateTime } from 'luxon'
import { computedHealthOf, type ComputedHealth } from '#models/health/computed'
import { declaredRatingsOf, type DeclaredRating } from '#models/health/declared'
import {
  dimensionNames,
  dimensions,
  ratings,
  isRosier,
  needsPath,
  type Dimension,
  type Rating,
} from '#models/health/enumerations'
import { unexplained } from '#models/health/explaining'
import type Project from '#models/project'
import ProjectRating from '#models/project_rating'
import { takeTurns } from '#models/saving/turns'
import { refuseAll, type Violation } from '#models/violation'

/** A project's rating in one dimension, about to be declared. */
type GivenRating = {
  rating: Rating
  reason?: string | null
  pathToGreen?: string | null
  /** Why it is better than computed, or left unrated all the same; required in those cases. */
  differenceReason?: string | null
}

export type GivenRatings = Partial<Record<Dimension, GivenRating>>

type Declarer = { by: string; reportId?: string | null }

/**
 * Declares a project's health. Dimensions that are unchanged are left alone. Refuses, naming the field such as
 * `cost_reason`, an amber or red without a reason and a path to green, and a rating better than computed, or none
 * despite warnings, without a reason for the difference. Returns what was written.
 */
export async function declareRatings(
  project: Project,
  given: GivenRatings,
  { by, reportId = null }: Declarer
): Promise<ProjectRating[]> {
  await takeTurns('projects', project.id)
  const computed = await computedHealthOf(project)
  const standing = await declaredRatingsOf(project)
  const offered = dimensionNames.flatMap((dimension) =>
    given[dimension] ? [{ dimension, ...fitted(given[dimension], computed[dimension].rating) }] : []
  )
  refuseAll(offered.flatMap((rating) => faults(rating, computed)))
  const declaredAt = DateTime.utc()
  const written: ProjectRating[] = []
  for (const rating of offered) {
    const present = standing[rating.dimension]
    if (present && isSame(present, rating)) continue
    const row = new ProjectRating().merge({ ...rating, declaredBy: by, declaredAt, reportId })
    row.projectId = project.id
    row.auditAs('project_rating.declared')
    if (present) row.auditBesides({ rating: { before: present.rating, after: rating.rating } })
    written.push(await row.save())
  }
  return written
}

type Offered = ReturnType<typeof fitted> & { dimension: Dimension }

/** Drops what belongs to another rating: green needs no path, and agreement no reason. */
function fitted(given: GivenRating, computedRating: Rating) {
  const { rating, reason = null, pathToGreen = null, differenceReason = null } = given
  return {
    rating,
    reason: reason || null,
    pathToGreen: (needsPath(rating) && pathToGreen) || null,
    computedRating,
    differenceReason: (isRosier(rating, computedRating) && differenceReason) || null,
  }
}

function faults(offered: Offered, computed: ComputedHealth): Violation[] {
  const { dimension, rating, differenceReason } = offered
  const found = computed[dimension].rating
  const left = unexplained(offered)
  if (isRosier(rating, found) && !differenceReason) {
    const [shown, label] = [found, rating].map((one) => ratings[one].toLowerCase())
    const what = rating === 'not_rated' ? 'you leave it unrated' : `you rate it ${label}`
    left.push({
      field: `${dimension}_difference_reason`,
      message: `${dimensions[dimension]} computes as ${shown}: say why ${what}`,
    })
  }
  return left
}

function isSame(present: DeclaredRating, offered: Offered) {
  return (['rating', 'reason', 'pathToGreen', 'differenceReason'] as const).every(
    (name) => present[name] === offered[name]
  )
}
