import {
  dimensions,
  needsPath,
  ratings,
  type Dimension,
  type Rating,
} from '#models/health/enumerations'
import type { Violation } from '#models/violation'

type Rated = {
  dimension: Dimension
  rating: Rating
  reason: string | null
  pathToGreen: string | null
}

/** What an amber or red rating still has to say: why, and how it becomes green. */
export function unexplained({ dimension, rating, reason, pathToGreen }: Rated): Violation[] {
  if (!needsPath(rating)) return []
  const name = dimensions[dimension]
  const why = `${name}: enter why it is ${ratings[rating].toLowerCase()}`
  const path = `${name}: enter the path to green`
  return [
    ...(reason ? [] : [{ field: `${dimension}_reason`, message: why }]),
    ...(pathToGreen ? [] : [{ field: `${dimension}_path_to_green`, message: path }]),
  ]
}
