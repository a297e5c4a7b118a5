import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { today } from '#models/days'
import { mostIn } from '#models/report/drafted_fields'
import { realDate } from '#validators/real_date'
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

/** What is accepted for one field of a status report, under that field’s own name. */
export function acceptField(field: string) {
  const validator = vine.create({
    [field]: vine.string().use(tidy()).trim().maxLength(mostIn(field)).nullable().optional(),
    lock_version: vine.number().withoutDecimals().positive(),
  } as Record<string, any>)
  validator.messagesProvider = new SimpleMessagesProvider({
    maxLength: 'Keep this to {{ max }} characters',
    required: 'This is needed',
  })
  return validator
}

const notToCome = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string' || !field.isValid || value <= today()) return
  field.report('Choose a day that has begun', 'notToCome', field)
})

/** The days that a summary of changes can begin with. */
export const summariseSince = vine.create({
  since: vine.string().use(realDate()).use(notToCome()),
})
summariseSince.messagesProvider = new SimpleMessagesProvider({
  'since.required': 'Say since which day',
})

/** What is written in answer to a question about a gate: on which record. */
export const answerByComment = vine.create({
  on: vine.string().maxLength(60),
  body: vine.string().use(tidy()).trim().minLength(1).maxLength(10_000),
})
answerByComment.messagesProvider = new SimpleMessagesProvider({
  'body.required': 'Write the comment first',
  'body.minLength': 'Write the comment first',
  'maxLength': 'Keep this to {{ max }} characters',
  'required': 'Choose a record to comment on',
})

/** When an assumption is looked at next, and how it is tested. */
export const reviewAssumption = vine.create({
  next_review_on: vine.string().use(realDate()).nullable().optional(),
  validation_method: vine.string().use(tidy()).trim().maxLength(5000).nullable().optional(),
  lock_version: vine.number().withoutDecimals().positive(),
})
reviewAssumption.messagesProvider = new SimpleMessagesProvider({
  maxLength: 'Keep this to {{ max }} characters',
})

/** The risk that follows from an assumption. */
export const riskFromAssumption = vine.create({
  title: vine.string().use(tidy()).trim().minLength(1).maxLength(200),
  cause: vine.string().use(tidy()).trim().maxLength(5000).nullable().optional(),
  effect: vine.string().use(tidy()).trim().maxLength(5000).nullable().optional(),
})
riskFromAssumption.messagesProvider = new SimpleMessagesProvider({
  'title.required': 'Enter a title',
  'title.minLength': 'Enter a title',
  'maxLength': 'Keep this to {{ max }} characters',
})
