import vine from '@vinejs/vine'
import { organisationRoles } from '#registries/terms'
import { address, keysOf, line, version } from '#validators/fields'
import { worded } from '#validators/worded'

const details = {
  name: line(200),
  email: address().nullable().optional(),
}

const messages = {
  'name.required': 'Enter the person’s name',
  'name.minLength': 'Enter the person’s name',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 200 characters',
  'email.regex': 'Enter an email address, such as name@example.org, or leave this empty',
  'email.maxLength': 'Keep the email address to 250 characters',
}

export const storeExternal = worded(vine.create(details), messages)

export const updateExternal = worded(
  vine.create({
    ...details,
    lock_version: version(),
  }),
  messages
)

const roles = keysOf(organisationRoles)

export const inviteExternal = worded(
  vine.create({
    role: vine.enum(roles),
    in_projects: vine.accepted().optional(),
  }),
  {
    enum: 'Choose one of the roles',
    required: 'Choose a role',
  }
)
