import vine from '@vinejs/vine'
import { GRANTABLE } from '#models/project_member'
import { organisationRoles } from '#registries/terms'
import { keysOf, optionalWords, words } from '#validators/fields'
import { worded } from '#validators/worded'

const roles = keysOf(organisationRoles)

export const storeInvitations = worded(
  vine.create({
    emails: words(10_000),
    role: vine.enum(roles),
    project_codes: optionalWords(1000),
    project_role: vine.enum(GRANTABLE).nullable().optional(),
  }),
  {
    'emails.required': 'Enter at least one email address',
    'emails.minLength': 'Enter at least one email address',
    'emails.maxLength': 'Enter fewer email addresses at once',
    'enum': 'Choose one of the roles',
    'required': 'Choose a role',
  }
)
