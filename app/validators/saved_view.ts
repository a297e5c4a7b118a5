import vine from '@vinejs/vine'
import { viewVisibilities } from '#models/saved_view'
import { keysOf, line, version } from '#validators/fields'
import { worded } from '#validators/worded'

const visibilities = keysOf(viewVisibilities)

const fields = {
  name: line(80),
  visibility: vine.enum(visibilities),
  query: vine.string().maxLength(2000).nullable().optional(),
  is_default: vine.accepted().optional(),
}

const messages = {
  'name.required': 'Enter a name',
  'name.minLength': 'Enter a name',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 80 characters',
  'maxLength': 'These filters are too long to save. Remove some',
}

export const storeView = worded(vine.create(fields), messages)

export const updateView = worded(vine.create({ ...fields, lock_version: version() }), messages)
