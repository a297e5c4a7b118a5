import vine from '@vinejs/vine'
import { line, version } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'name.required': 'Enter a name',
  'name.minLength': 'Enter a name',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 80 characters',
  'required': 'Fill this in',
}

/** `table` names the table whose mapping is saved. */
export const keepMapping = worded(
  vine.create({ name: line(80), table: vine.string().maxLength(500) }),
  messages
)

export const renameMapping = worded(
  vine.create({
    name: line(80),
    lock_version: version(),
  }),
  messages
)

/** Which mapping reads which table. */
export const applyMapping = worded(
  vine.create({
    mapping: vine.string().maxLength(36),
    table: vine.string().maxLength(500),
  }),
  { required: 'Choose a mapping' }
)
