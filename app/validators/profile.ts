import vine from '@vinejs/vine'
import { themes } from '#models/user/profile'
import { timeZone } from '#validators/time_zone'
import { keysOf, line, version } from '#validators/fields'
import { worded } from '#validators/worded'

export const updateProfile = worded(
  vine.create({
    name: line(200),
    time_zone: vine.string().use(timeZone()).nullable().optional(),
    theme: vine.enum(keysOf(themes)).nullable().optional(),
    lock_version: version(),
  }),
  {
    'name.required': 'Enter your name',
    'name.minLength': 'Enter your name',
    'name.maxLength': 'Keep the name to 200 characters',
    'name.regex': 'Use one line of plain text',
    'theme.enum': 'Choose a theme',
  }
)
