import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { GRANTABLE } from '#models/project_member'
import { organisationRoles } from '#registries/terms'
import { tidy } from '#validators/tidy'

const roles = Object.keys(organisationRoles) as (keyof typeof organisationRoles)[]

export const storeInvitations = vine.create({
  emails: vine.string().use(tidy()).trim().minLength(1).maxLength(10_000),
  role: vine.enum(roles),
  project_codes: vine.string().use(tidy()).trim().maxLength(1000).nullable().optional(),
  project_role: vine.enum(GRANTABLE).nullable().optional(),
})
storeInvitations.messagesProvider = new SimpleMessagesProvider({
  'emails.required': 'Enter at least one email address',
  'emails.minLength': 'Enter at least one email address',
  'emails.maxLength': 'Invite fewer people at once',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the roles',
  'required': 'Choose a role',
})
