import vine from '@vinejs/vine'
import { today } from '#models/days'
import { mostIn } from '#models/report/drafted_fields'
import { day, optionalDay, optionalWords, title, version, words } from '#validators/fields'
import { worded } from '#validators/worded'

const MOST_CHARACTERS = 4000

export const askQuestion = worded(
  vine.create({
    question: words(MOST_CHARACTERS),
    conversation_id: vine.string().uuid().optional(),
  }),
  {
    'question.required': 'Enter a question',
    'question.minLength': 'Enter a question',
    'question.maxLength': 'Keep a question to 4,000 characters',
  }
)

/** How much of a document is read. */
const MOST_NOTES = 60_000

export const readNotes = worded(
  vine.create({
    question: words(MOST_NOTES),
  }),
  {
    'question.required': 'Enter your notes',
    'question.minLength': 'Enter your notes',
    'question.maxLength': 'Keep notes to 60,000 characters',
  }
)

const MOST_WISHES = 1000

/** What the asker adds to what is asked anyway. */
export const readWish = worded(
  vine.create({
    question: optionalWords(MOST_WISHES),
  }),
  {
    'question.maxLength': 'Keep this to 1,000 characters',
  }
)

/** The version of an entry that someone read before they answered a proposal about it. */
export const versionRead = vine.create({ version: version() })

/** What becomes of two entries that may be the same, and which versions of them were read. */
export const acceptMerge = worded(
  vine.create({
    outcome: vine.enum(['close', 'close_kept', 'link'] as const),
    kept: version(),
    closed: version(),
  }),
  {
    required: 'Choose one of the options',
    enum: 'Choose one of the options',
  }
)

export const switchAssistant = worded(vine.create({ enabled: vine.boolean() }), {
  required: 'Choose one of the options',
  boolean: 'Choose one of the options',
})

/** What is accepted for one field of a status report, under that field’s own name. */
export function acceptField(field: string) {
  return worded(
    vine.create({
      [field]: optionalWords(mostIn(field)),
      lock_version: version(),
    } as Record<string, any>),
    {
      maxLength: 'Keep this to {{ max }} characters',
      required: 'Fill this in',
    }
  )
}

const notToCome = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string' || !field.isValid || value <= today()) return
  field.report('Enter a date that is not in the future', 'notToCome', field)
})

/** The days that a summary of changes can begin with. */
export const summariseSince = worded(
  vine.create({
    since: day().use(notToCome()),
  }),
  {
    'since.required': 'Enter a date',
  }
)

/** A comment in answer to a question about a gate, and the record it goes on. */
export const answerByComment = worded(
  vine.create({
    on: vine.string().maxLength(60),
    body: words(10_000),
  }),
  {
    'body.required': 'Enter a comment',
    'body.minLength': 'Enter a comment',
    'maxLength': 'Keep this to {{ max }} characters',
    'required': 'Choose a record to comment on',
  }
)

/** When an assumption is reviewed next, and how it is tested. */
export const reviewAssumption = worded(
  vine.create({
    next_review_on: optionalDay(),
    validation_method: optionalWords(5000),
    lock_version: version(),
  }),
  {
    maxLength: 'Keep this to {{ max }} characters',
  }
)

/** The risk that follows from an assumption. */
export const riskFromAssumption = worded(
  vine.create({
    title: title(200),
    cause: optionalWords(5000),
    effect: optionalWords(5000),
  }),
  {
    'title.required': 'Enter a title',
    'title.minLength': 'Enter a title',
    'maxLength': 'Keep this to {{ max }} characters',
  }
)
