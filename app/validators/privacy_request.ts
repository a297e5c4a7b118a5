import vine from '@vinejs/vine'
import {
  extensionReasons,
  identityMethods,
  refusalGrounds,
  requestKinds,
} from '#models/privacy_request/enumerations'
import { recipientOutcomes } from '#models/privacy_request/recipient'
import { realDate } from '#validators/real_date'

const keys = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[]

const kind = vine.enum(keys(requestKinds))
const text = vine.string().trim().maxLength(5000)
const version = vine.number()

/** From the public: who asks, for what, and where the code goes. */
export const askPublicly = vine.create({
  kind,
  name: vine.string().trim().maxLength(200),
  email: vine.string().trim().email().maxLength(250),
  details: text.optional(),
})

export const askInProduct = vine.create({ kind, details: text.optional() })

export const enterCode = vine.create({ code: vine.string().trim().maxLength(40) })

/** What the desk takes down from a mail or a call. */
export const takeDown = vine.create({
  kind,
  channel: vine.enum(['mail', 'telephone']),
  received_on: vine.string().use(realDate()),
  name: vine.string().trim().maxLength(200),
  email: vine.string().trim().email().maxLength(250).optional(),
  telephone: vine.string().trim().maxLength(50).optional(),
  details: text.optional(),
})

export const establishIdentity = vine.create({
  identity_method: vine.enum(keys(identityMethods)),
  lock_version: version,
})
export const writeText = vine.create({ text, lock_version: version })
export const extendRequest = vine.create({
  extended_to: vine.string().use(realDate()),
  extension_reason: vine.enum(keys(extensionReasons)),
  text,
  lock_version: version,
})
export const refuseRequest = vine.create({
  refusal_ground: vine.enum(keys(refusalGrounds)),
  answer: text,
  lock_version: version,
})
export const fulfilRequest = vine.create({ answer: text, lock_version: version })
export const noteRecipients = vine.create({
  recipients: vine.array(vine.string().trim().maxLength(200)).maxLength(50).distinct().optional(),
  other: vine.string().trim().maxLength(200).optional(),
  outcome: vine.enum(keys(recipientOutcomes)),
  reason: vine.string().trim().maxLength(1000).optional(),
  lock_version: version,
})
export const onlyVersion = vine.create({ lock_version: version })
