import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'
import { timeZone } from '#validators/time_zone'

const name = () => vine.string().use(tidy()).trim().minLength(1).maxLength(120).regex(ONE_LINE)

const messages = new SimpleMessagesProvider({
  'name.required': 'Enter the name of the organisation',
  'name.minLength': 'Enter the name of the organisation',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 120 characters',
  'time_zone.required': 'Choose a time zone from the list, such as Europe/London',
})

export const nameOrganisation = vine.create({ name: name() })
nameOrganisation.messagesProvider = messages

export const updateGeneral = vine.create({
  name: name(),
  time_zone: vine.string().use(timeZone()),
  lock_version: vine.number().withoutDecimals().positive(),
})
updateGeneral.messagesProvider = messages
