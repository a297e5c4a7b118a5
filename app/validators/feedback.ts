import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { feedbackStatuses, type FeedbackStatus } from '#models/feedback/states'
import { tidy } from '#validators/tidy'

const text = () => vine.string().use(tidy()).trim().minLength(1).maxLength(5000)
const version = () => vine.number().withoutDecimals().positive()

const messages = new SimpleMessagesProvider({
  'message.required': 'Write what you want to tell us',
  'message.minLength': 'Write what you want to tell us',
  'body.required': 'Write the answer',
  'body.minLength': 'Write the answer',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the states',
  'required': 'Open this page again and try once more',
})

export const storeFeedback = vine.create({ message: text() })
storeFeedback.messagesProvider = messages

export const moveFeedback = vine.create({
  status: vine.enum(Object.keys(feedbackStatuses) as FeedbackStatus[]),
  lock_version: version(),
})
moveFeedback.messagesProvider = messages

export const answerFeedback = vine.create({ body: text(), lock_version: version() })
answerFeedback.messagesProvider = messages
