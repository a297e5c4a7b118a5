import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { organisationRoles } from '#registries/terms'
import { EMAIL, ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'

const details = {
  name: vine.string().use(tidy()).trim().minLength(1).maxLength(200).regex(ONE_LINE),
  email: vine.string().use(tidy()).trim().maxLength(250).regex(EMAIL).nullable().optional(),
}

const messages = new SimpleMessagesProvider({
  'name.required': 'Enter the person’s name',
  'name.minLength': 'Enter the person’s name',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 200 characters',
  'email.regex': 'Enter one email address, such as name@example.org, or leave it empty',
  'email.maxLength': 'Keep the address to 250 characters',
})

export const storeExternal = vine.create(details)
storeExternal.messagesProvider = messages

export const updateExternal = vine.create({
  ...details,
  lock_version: vine.number().withoutDecimals().positive(),
})
updateExternal.messagesProvider = messages

const roles = Object.keys(organisationRoles) as (keyof typeof organisationRoles)[]

export const inviteExternal = vine.create({
  role: vine.enum(roles),
  in_projects: vine.accepted().optional(),
})
inviteExternal.messagesProvider = new SimpleMessagesProvider({
  enum: 'Choose one of the roles',
  required: 'Choose a role',
})
