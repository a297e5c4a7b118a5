import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'

const name = () => vine.string().use(tidy()).trim().minLength(1).maxLength(80).regex(ONE_LINE)

const messages = new SimpleMessagesProvider({
  'name.required': 'Enter a name',
  'name.minLength': 'Enter a name',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 80 characters',
  'required': 'This is needed',
})

/** `table` names the table of the file whose reading is kept. */
export const keepMapping = vine.create({ name: name(), table: vine.string().maxLength(500) })
keepMapping.messagesProvider = messages

export const renameMapping = vine.create({
  name: name(),
  lock_version: vine.number().withoutDecimals().positive(),
})
renameMapping.messagesProvider = messages

/** Which mapping reads which table. */
export const applyMapping = vine.create({
  mapping: vine.string().maxLength(36),
  table: vine.string().maxLength(500),
})
applyMapping.messagesProvider = new SimpleMessagesProvider({ required: 'Choose a mapping' })
