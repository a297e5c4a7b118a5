import vine from '@vinejs/vine'
import { escalationLevels } from '#models/raid/enumerations'
import { keysOf, optionalId, optionalWords, version, words } from '#validators/fields'
import { worded } from '#validators/worded'

const LONGEST = 2000

const messages = {
  'level.required': 'Choose a level',
  'level.enum': 'Choose one of the levels',
  'reason.required': 'Enter why the project cannot resolve it alone',
  'ask.required': 'Enter what you need',
  'take_back_reason.required': 'Enter why you are withdrawing it',
  'decision.required': 'Choose an answer',
  'decision.enum': 'Choose one of the answers',
  'uuid': 'Choose one of the people offered',
  'maxLength': 'Keep this to {{ max }} characters',
}

export const storeEscalation = worded(
  vine.create({
    level: vine.enum(keysOf(escalationLevels)),
    reason: words(LONGEST),
    ask: words(LONGEST),
    asked_of_id: optionalId(),
    lock_version: version(),
  }),
  messages
)

export const answerEscalation = worded(
  vine.create({
    decision: vine.enum(['accepted', 'returned'] as const),
    answer: optionalWords(LONGEST),
    lock_version: version(),
  }),
  messages
)

export const takeBackEscalation = worded(
  vine.create({
    take_back_reason: words(LONGEST),
    lock_version: version(),
  }),
  messages
)
