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
  'name.required': 'Enter what the token is for',
  'name.minLength': 'Enter what the token is for',
  'name.maxLength': 'Keep the name to 80 characters',
  'name.regex': 'Use one line of plain text',
  'scopes.required': 'Choose at least one option',
  'scopes.array': 'Choose at least one option',
  'scopes.array.minLength': 'Choose at least one option',
  'days.required': 'Choose when it expires',
  'days.number': 'Choose when it expires',
  'role.required': 'Choose the role it acts with',
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
