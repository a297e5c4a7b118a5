import vine from '@vinejs/vine'
import { webhookEventNames } from '#models/webhook/events'
import { isWebhookUrl } from '#webhooks/destination'
import { line, version } from '#validators/fields'
import { tidy } from '#validators/tidy'
import { worded } from '#validators/worded'

const publicUrl = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !isWebhookUrl(value)) field.report(NO_URL, 'public_url', field)
})

const NO_URL =
  'Enter an https address with a host name, but no port or password, such as https://hooks.example.org/orchestrate'

const fields = {
  name: line(80),
  url: vine.string().use(tidy()).trim().maxLength(500).use(publicUrl()),
  events: vine
    .array(vine.enum(webhookEventNames))
    .minLength(1)
    .maxLength(60)
    .distinct()
    .parse((value) => (typeof value === 'string' ? [value] : value)),
}

const messages = {
  'name.required': 'Enter a name',
  'name.minLength': 'Enter a name',
  'name.maxLength': 'Keep the name to 80 characters',
  'name.regex': 'Use one line of plain text',
  'url.required': NO_URL,
  'url.maxLength': 'Keep the address to 500 characters',
  'events.required': 'Choose at least one option',
  'events.array': 'Choose at least one option',
  'events.array.minLength': 'Choose at least one option',
}

export const storeEndpoint = worded(vine.create(fields), messages)

export const updateEndpoint = worded(
  vine.create({
    ...fields,
    lock_version: version(),
  }),
  messages
)
