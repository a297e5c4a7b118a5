import vine from '@vinejs/vine'
import {
  lifetimes,
  scopeNames,
  serviceRoles,
  serviceScopes,
  type Scope,
} from '#models/api_token/scopes'
import { keysOf, line } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'name.required': 'Say what the token is for',
  'name.minLength': 'Say what the token is for',
  'name.maxLength': 'Keep the name to 80 characters',
  'name.regex': 'Use one line of plain text',
  'scopes.required': 'Choose at least one',
  'scopes.array': 'Choose at least one',
  'scopes.array.minLength': 'Choose at least one',
  'days.required': 'Choose how long it works',
  'role.required': 'Choose as whom it acts',
  'in': 'Choose one of the options',
  'enum': 'Choose one of the options',
}

const wish = (scopes: Scope[]) => ({
  name: line(80),
  scopes: vine
    .array(vine.enum(scopes))
    .minLength(1)
    .maxLength(40)
    .distinct()
    .parse((value) => (typeof value === 'string' ? [value] : value)),
  days: vine.number().in([...lifetimes]),
})

export const storeOwnToken = worded(vine.create(wish(scopeNames)), messages)

export const storeServiceToken = worded(
  vine.create({
    ...wish(serviceScopes),
    role: vine.enum(keysOf(serviceRoles)),
  }),
  messages
)
