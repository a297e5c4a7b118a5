import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { tidy } from '#validators/tidy'

export const MOST_CHARACTERS = 4000

export const askQuestion = vine.create({
  question: vine.string().use(tidy()).trim().minLength(1).maxLength(MOST_CHARACTERS),
  conversation_id: vine.string().uuid().optional(),
})
askQuestion.messagesProvider = new SimpleMessagesProvider({
  'question.required': 'Write a question first',
  'question.minLength': 'Write a question first',
  'question.maxLength': 'Keep a question to 4,000 characters',
})

/** As much as is read of a document. */
export const MOST_NOTES = 60_000

export const readNotes = vine.create({
  question: vine.string().use(tidy()).trim().minLength(1).maxLength(MOST_NOTES),
})
readNotes.messagesProvider = new SimpleMessagesProvider({
  'question.required': 'Paste your notes first',
  'question.minLength': 'Paste your notes first',
  'question.maxLength': 'Keep notes to 60,000 characters',
})

const MOST_WISHES = 1000

/** What the asker adds to what is asked anyway. */
export const readWish = vine.create({
  question: vine.string().use(tidy()).trim().maxLength(MOST_WISHES).nullable().optional(),
})
readWish.messagesProvider = new SimpleMessagesProvider({
  'question.maxLength': 'Keep this to 1,000 characters',
})

/** Which version of an entry somebody read before they answered a proposal about it. */
export const versionRead = vine.create({ version: vine.number().withoutDecimals().positive() })

/** What becomes of two entries that may be one, and which versions of them were read. */
export const acceptMerge = vine.create({
  outcome: vine.enum(['close', 'close_kept', 'link'] as const),
  kept: vine.number().withoutDecimals().positive(),
  closed: vine.number().withoutDecimals().positive(),
})
acceptMerge.messagesProvider = new SimpleMessagesProvider({
  required: 'Choose one of the options',
  enum: 'Choose one of the options',
})

export const switchAssistant = vine.create({ enabled: vine.boolean() })
switchAssistant.messagesProvider = new SimpleMessagesProvider({
  required: 'Choose one of the options',
  boolean: 'Choose one of the options',
})
