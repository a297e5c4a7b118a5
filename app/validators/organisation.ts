import vine from '@vinejs/vine'
import { timeZone } from '#validators/time_zone'
import { line, version } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'name.required': 'Enter a name for the organisation',
  'name.minLength': 'Enter a name for the organisation',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 120 characters',
  'time_zone.required': 'Choose a time zone from the list, such as Europe/London',
}

export const nameOrganisation = worded(vine.create({ name: line(120) }), messages)

export const updateGeneral = worded(
  vine.create({
    name: line(120),
    time_zone: vine.string().use(timeZone()),
    lock_version: version(),
  }),
  messages
)
