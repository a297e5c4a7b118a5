import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { escalationLevels } from '#models/raid/enumerations'
import { tidy } from '#validators/tidy'

const LONGEST = 2000
const text = () => vine.string().use(tidy()).trim().minLength(1).maxLength(LONGEST)
const version = vine.number().withoutDecimals().positive()

export const storeEscalation = vine.create({
  level: vine.enum(Object.keys(escalationLevels) as (keyof typeof escalationLevels)[]),
  reason: text(),
  ask: text(),
  asked_of_id: vine.string().uuid().nullable().optional(),
  lock_version: version.clone(),
})

export const answerEscalation = vine.create({
  decision: vine.enum(['accepted', 'returned'] as const),
  answer: vine.string().use(tidy()).trim().maxLength(LONGEST).nullable().optional(),
  lock_version: version.clone(),
})

export const takeBackEscalation = vine.create({
  take_back_reason: text(),
  lock_version: version.clone(),
})

const messages = new SimpleMessagesProvider({
  'level.required': 'Choose a level',
  'level.enum': 'Choose one of the levels',
  'reason.required': 'Say why the project cannot deal with it alone',
  'ask.required': 'Say what you ask for',
  'take_back_reason.required': 'Say why it is the project’s own affair again',
  'decision.required': 'Choose an answer',
  'decision.enum': 'Choose one of the answers',
  'uuid': 'Choose one of the people offered',
  'maxLength': 'Keep this to {{ max }} characters',
})
for (const validator of [storeEscalation, answerEscalation, takeBackEscalation]) {
  validator.messagesProvider = messages
}
