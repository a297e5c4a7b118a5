import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { viewVisibilities } from '#models/portfolio_view'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'

const visibilities = Object.keys(viewVisibilities) as (keyof typeof viewVisibilities)[]
const version = () => vine.number().withoutDecimals().positive()

const fields = {
  name: vine.string().use(tidy()).trim().minLength(1).maxLength(80).regex(ONE_LINE),
  visibility: vine.enum(visibilities),
  query: vine.string().maxLength(2000).nullable().optional(),
  is_default: vine.accepted().optional(),
}

const messages = new SimpleMessagesProvider({
  'name.required': 'Enter a name',
  'name.minLength': 'Enter a name',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 80 characters',
  'maxLength': 'These filters are too long to be kept',
  'enum': 'Choose one of the options',
  'required': 'This is needed',
})

export const storeView = vine.create(fields)
storeView.messagesProvider = messages

export const updateView = vine.create({ ...fields, lock_version: version() })
updateView.messagesProvider = messages
