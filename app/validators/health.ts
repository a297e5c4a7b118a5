import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import {
  confidenceRatings,
  dimensionNames,
  ratings,
  type ConfidenceRating,
  type Dimension,
  type Rating,
} from '#models/health/enumerations'
import type { GivenRatings } from '#models/health/declaring'
import { tidy } from '#validators/tidy'

const words = () => vine.string().use(tidy()).trim().minLength(1).maxLength(5000)

const messages = new SimpleMessagesProvider({
  'rating.required': 'Choose a rating',
  'rationale.required': 'Say what it rests on: it stays on record',
  'rationale.minLength': 'Say what it rests on: it stays on record',
  'gate_id.uuid': 'Choose one of the gates',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'required': 'This is needed',
})

type RatingInput = { [Field in `${Dimension}_rating`]?: Rating | null } & {
  [Field in `${Dimension}_${'reason' | 'path_to_green' | 'difference_reason'}`]?: string | null
}

const field = {
  rating: () =>
    vine
      .enum(Object.keys(ratings) as Rating[])
      .nullable()
      .optional(),
  text: () => words().nullable().optional(),
}

/** What a form asks of every dimension, such as `cost_rating`; a dimension without a rating is left alone. */
export const ratingFields = Object.fromEntries(
  dimensionNames.flatMap((dimension) => [
    [`${dimension}_rating`, field.rating()],
    [`${dimension}_reason`, field.text()],
    [`${dimension}_path_to_green`, field.text()],
    [`${dimension}_difference_reason`, field.text()],
  ])
)

/** What was asked, as it is declared. */
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

export const storeRatings = vine.create(ratingFields)
storeRatings.messagesProvider = messages

export const storeConfidence = vine.create({
  rating: vine.enum(Object.keys(confidenceRatings) as ConfidenceRating[]),
  rationale: words(),
  gate_id: vine.string().uuid().nullable().optional(),
})
storeConfidence.messagesProvider = messages
