import vine from '@vinejs/vine'
import {
  line,
  optionalDay,
  optionalId,
  optionalText,
  optionalWords,
  version,
  words,
} from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'title.required': 'Enter what the project is, in one line',
  'title.minLength': 'Enter what the project is, in one line',
  'title.regex': 'Use one line of plain text',
  'purpose.required': 'Enter why the project is needed',
  'purpose.minLength': 'Enter why the project is needed',
  'answer.required': 'Enter a reason',
  'answer.minLength': 'Enter a reason',
  'maxLength': 'Keep this to {{ max }} characters',
  'uuid': 'Choose one of the options',
  'required': 'Fill this in',
}

export const storeProjectRequest = worded(
  vine.create({
    title: line(200),
    purpose: words(20_000),
    benefits: optionalText(20_000),
    budget: optionalWords(200),
    wanted_by: optionalDay(),
    sponsor_id: optionalId(),
  }),
  messages
)

export const declineProjectRequest = worded(
  vine.create({ answer: words(2000), lock_version: version() }),
  messages
)

/** The request from which a new project is created, as its form names it. */
export const answeredRequest = vine.create({ request_id: optionalId() })
