import vine from '@vinejs/vine'
import {
  extensionReasons,
  identityMethods,
  refusalGrounds,
  requestKinds,
} from '#models/privacy_request/enumerations'
import { recipientOutcomes } from '#models/privacy_request_recipient'
import { day, keysOf, line, version, words } from '#validators/fields'
import { asSeen } from '#validators/tidy'
import { worded } from '#validators/worded'

const kind = () => vine.enum(keysOf(requestKinds))
const text = () => words(5000)
const email = () => vine.string().use(asSeen()).trim().email().maxLength(250)

const messages = {
  'kind.required': 'Choose what you want',
  'name.required': 'Enter a name',
  'email.required': 'Enter an email address',
  'email': 'Enter an email address, such as name@example.org',
  'code.required': 'Enter the code from the email',
  'channel.required': 'Choose how it arrived',
  'received_on.required': 'Enter the date it arrived',
  'identity_method.required': 'Choose how the person was identified',
  'text.required': 'Enter some text',
  'extended_to.required': 'Enter the new date to answer by',
  'extension_reason.required': 'Choose why it will take longer',
  'refusal_ground.required': 'Choose a ground for refusal',
  'answer.required': 'Enter what to tell the person',
  'outcome.required': 'Choose an outcome',
  'regex': 'Use one line of plain text',
}

/** From the public: who asks, for what, and where the code is sent. */
export const askPublicly = worded(
  vine.create({ kind: kind(), name: line(200), email: email(), details: text().optional() }),
  messages
)

export const askInProduct = worded(
  vine.create({ kind: kind(), details: text().optional() }),
  messages
)

export const enterCode = worded(vine.create({ code: vine.string().trim().maxLength(40) }), messages)

/** What the desk records from a mail or a call. */
export const takeDown = worded(
  vine.create({
    kind: kind(),
    channel: vine.enum(['mail', 'telephone']),
    received_on: day(),
    name: line(200),
    email: email().optional(),
    telephone: line(50).optional(),
    details: text().optional(),
  }),
  messages
)

export const establishIdentity = worded(
  vine.create({ identity_method: vine.enum(keysOf(identityMethods)), lock_version: version() }),
  messages
)

export const writeText = worded(vine.create({ text: text(), lock_version: version() }), messages)

export const extendRequest = worded(
  vine.create({
    extended_to: day(),
    extension_reason: vine.enum(keysOf(extensionReasons)),
    text: text(),
    lock_version: version(),
  }),
  messages
)

export const refuseRequest = worded(
  vine.create({
    refusal_ground: vine.enum(keysOf(refusalGrounds)),
    answer: text(),
    lock_version: version(),
  }),
  messages
)

export const fulfilRequest = worded(
  vine.create({ answer: text(), lock_version: version() }),
  messages
)

export const noteRecipients = worded(
  vine.create({
    recipients: vine.array(line(200)).maxLength(50).distinct().optional(),
    other: line(200).optional(),
    outcome: vine.enum(keysOf(recipientOutcomes)),
    reason: words(1000).optional(),
    lock_version: version(),
  }),
  messages
)
