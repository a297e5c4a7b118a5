import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { tidy } from '#validators/tidy'

const words = () => vine.string().use(tidy()).trim().minLength(1).maxLength(10_000)
const version = () => vine.number().withoutDecimals().positive()

const messages = new SimpleMessagesProvider({
  'claim.required': 'Say what shows that it is met',
  'answer.required': 'Say why: it stays on record',
  'owner_id.required': 'Name who sees to it',
  'owner_id.uuid': 'Choose one of the people offered',
  'maxLength': 'Keep this to {{ max }} characters',
  'required': 'This is needed',
})

export const storeClaim = vine.create({ claim: words(), lock_version: version() })
storeClaim.messagesProvider = messages

export const storeVerification = vine.create({
  answer: words().nullable().optional(),
  lock_version: version(),
})
storeVerification.messagesProvider = messages

/** What sends a condition back, or lets go of it. */
export const storeAnswer = vine.create({ answer: words(), lock_version: version() })
storeAnswer.messagesProvider = messages

export const updateOwner = vine.create({ owner_id: vine.string().uuid(), lock_version: version() })
updateOwner.messagesProvider = messages
