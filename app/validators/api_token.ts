import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import {
  lifetimes,
  scopeNames,
  serviceRoles,
  serviceScopes,
  type Scope,
  type ServiceRole,
} from '#models/api_token/scopes'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'

const messages = new SimpleMessagesProvider({
  'name.required': 'Say what the token is for',
  'name.minLength': 'Say what the token is for',
  'name.maxLength': 'Keep the name to 80 characters',
  'name.regex': 'Use one line of plain text',
  'scopes.required': 'Choose at least one',
  'scopes.array': 'Choose at least one',
  'scopes.minLength': 'Choose at least one',
  'days.required': 'Choose how long it works',
  'role.required': 'Choose as whom it acts',
  'enum': 'Choose one of the options',
})

const wish = (scopes: Scope[]) => ({
  name: vine.string().use(tidy()).trim().minLength(1).maxLength(80).regex(ONE_LINE),
  scopes: vine
    .array(vine.enum(scopes))
    .minLength(1)
    .maxLength(40)
    .distinct()
    .parse((value) => (typeof value === 'string' ? [value] : value)),
  days: vine.number().in([...lifetimes]),
})

export const storeOwnToken = vine.create(wish(scopeNames))
storeOwnToken.messagesProvider = messages

export const storeServiceToken = vine.create({
  ...wish(serviceScopes),
  role: vine.enum(Object.keys(serviceRoles) as ServiceRole[]),
})
storeServiceToken.messagesProvider = messages
