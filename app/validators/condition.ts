import vine from '@vinejs/vine'
import { version, words } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'claim.required': 'Enter how it was met',
  'answer.required': 'Enter a reason',
  'owner_id.required': 'Choose an owner',
  'owner_id.uuid': 'Choose one of the people offered',
  'maxLength': 'Keep this to {{ max }} characters',
  'required': 'Fill this in',
}

export const storeClaim = worded(
  vine.create({ claim: words(10_000), lock_version: version() }),
  messages
)

export const storeVerification = worded(
  vine.create({
    answer: words(10_000).nullable().optional(),
    lock_version: version(),
  }),
  messages
)

/** The reason for sending a condition back, or waiving it. */
export const storeAnswer = worded(
  vine.create({ answer: words(10_000), lock_version: version() }),
  messages
)

export const updateOwner = worded(
  vine.create({ owner_id: vine.string().uuid(), lock_version: version() }),
  messages
)
