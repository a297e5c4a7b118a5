import vine from '@vinejs/vine'
import { GRANTABLE } from '#models/project_member'
import { organisationRoles } from '#registries/terms'
import { keysOf } from '#validators/fields'
import { worded } from '#validators/worded'

const roles = keysOf(organisationRoles)

const messages = {
  'membership_id.required': 'Choose a person',
  'uuid': 'Choose a person',
  'required': 'Choose a role',
  'enum': 'Choose one of the roles',
}

export const updateRole = worded(vine.create({ role: vine.enum(roles) }), messages)

export const grantRole = worded(
  vine.create({
    membership_id: vine.string().uuid(),
    role: vine.enum(GRANTABLE),
  }),
  messages
)
