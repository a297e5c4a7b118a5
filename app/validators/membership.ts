import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { GRANTABLE } from '#models/project_member'
import { organisationRoles } from '#registries/terms'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'

const roles = Object.keys(organisationRoles) as (keyof typeof organisationRoles)[]

const messages = new SimpleMessagesProvider({
  'name.required': 'Enter the name of the organisation',
  'name.minLength': 'Enter the name of the organisation',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 120 characters',
  'membership_id.required': 'Choose a person',
  'uuid': 'Choose a person',
  'required': 'Choose a role',
  'enum': 'Choose one of the roles',
})

export const updateRole = vine.create({ role: vine.enum(roles) })
updateRole.messagesProvider = messages

export const grantRole = vine.create({
  membership_id: vine.string().uuid(),
  role: vine.enum(GRANTABLE),
})
grantRole.messagesProvider = messages

export const nameOrganisation = vine.create({
  name: vine.string().use(tidy()).trim().minLength(1).maxLength(120).regex(ONE_LINE),
})
nameOrganisation.messagesProvider = messages
