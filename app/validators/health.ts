import vine from '@vinejs/vine'
import {
  confidenceRatings,
  dimensionNames,
  ratings,
  type Dimension,
  type Rating,
} from '#models/health/enumerations'
import type { GivenRatings } from '#models/health/declaring'
import { keysOf, optionalId, words } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'rating.required': 'Choose a rating',
  'rationale.required': 'Enter a rationale',
  'rationale.minLength': 'Enter a rationale',
  'gate_id.uuid': 'Choose a gate',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'required': 'Fill this in',
}

type RatingInput = { [Field in `${Dimension}_rating`]?: Rating | null } & {
  [Field in `${Dimension}_${'reason' | 'path_to_green' | 'difference_reason'}`]?: string | null
}

const field = {
  rating: () => vine.enum(keysOf(ratings)).nullable().optional(),
  text: () => words(5000).nullable().optional(),
}

/** The fields for every dimension, such as `cost_rating`; a dimension without a rating is left alone. */
const ratingFields = Object.fromEntries(
  dimensionNames.flatMap((dimension) => [
    [`${dimension}_rating`, field.rating()],
    [`${dimension}_reason`, field.text()],
    [`${dimension}_path_to_green`, field.text()],
    [`${dimension}_difference_reason`, field.text()],
  ])
)

/** The input in the form in which it is declared. */
export function readRatings(input: RatingInput): GivenRatings {
  return Object.fromEntries(
    dimensionNames.flatMap((dimension) => {
      const rating = input[`${dimension}_rating`]
      if (!rating) return []
      const given = {
        rating,
        reason: input[`${dimension}_reason`],
        pathToGreen: input[`${dimension}_path_to_green`],
        differenceReason: input[`${dimension}_difference_reason`],
      }
      return [[dimension, given]]
    })
  )
}

export const storeRatings = worded(vine.create(ratingFields), messages)

export const storeConfidence = worded(
  vine.create({
    rating: vine.enum(keysOf(confidenceRatings)),
    rationale: words(5000),
    gate_id: optionalId(),
  }),
  messages
)
