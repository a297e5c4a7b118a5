import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { webhookEventNames } from '#models/webhook/events'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'
import { isWebhookUrl } from '#webhooks/destination'

const publicUrl = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !isWebhookUrl(value)) field.report(NO_URL, 'public_url', field)
})

const NO_URL =
  'Enter an address such as https://hooks.example.org/orchestrate: https, a host name, no port and no password'

const fields = {
  name: vine.string().use(tidy()).trim().minLength(1).maxLength(80).regex(ONE_LINE),
  url: vine.string().trim().maxLength(500).use(publicUrl()),
  events: vine
    .array(vine.enum(webhookEventNames))
    .minLength(1)
    .maxLength(60)
    .distinct()
    .parse((value) => (typeof value === 'string' ? [value] : value)),
}

const messages = new SimpleMessagesProvider({
  'name.required': 'Say what is told there',
  'name.minLength': 'Say what is told there',
  'name.maxLength': 'Keep the name to 80 characters',
  'name.regex': 'Use one line of plain text',
  'url.required': NO_URL,
  'url.maxLength': 'Keep the address to 500 characters',
  'events.required': 'Choose at least one',
  'events.array': 'Choose at least one',
  'events.minLength': 'Choose at least one',
  'enum': 'Choose one of the options',
})

export const storeEndpoint = vine.create(fields)
storeEndpoint.messagesProvider = messages

export const updateEndpoint = vine.create({
  ...fields,
  lock_version: vine.number().withoutDecimals().positive(),
})
updateEndpoint.messagesProvider = messages
