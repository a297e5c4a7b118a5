import vine from '@vinejs/vine'
import { feedbackStatuses } from '#models/feedback/states'
import { keysOf, version, words } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'message.required': 'Enter your feedback',
  'message.minLength': 'Enter your feedback',
  'body.required': 'Enter an answer',
  'body.minLength': 'Enter an answer',
  'status.required': 'Choose a status',
  'status.enum': 'Choose a status',
}

export const storeFeedback = worded(vine.create({ message: words(5000) }), messages)

export const moveFeedback = worded(
  vine.create({
    status: vine.enum(keysOf(feedbackStatuses)),
    lock_version: version(),
  }),
  messages
)

export const answerFeedback = worded(
  vine.create({ body: words(5000), lock_version: version() }),
  messages
)
