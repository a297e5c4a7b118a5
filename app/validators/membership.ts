import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { GRANTABLE } from '#models/project_member'
import { organisationRoles } from '#registries/terms'

const roles = Object.keys(organisationRoles) as (keyof typeof organisationRoles)[]

const messages = new SimpleMessagesProvider({
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
