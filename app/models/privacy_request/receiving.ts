import { DateTime } from 'luxon'
import PrivacyRequest from '#models/privacy_request'
import { todayUtc } from '#models/days'
import { randomText } from '#models/privacy_code'
import { contactHash, contactHashes, type Contact } from '#models/privacy_request/contact'
import { takeTurnsAs } from '#models/saving/turns'
import type { RequestChannel, RequestKind } from '#models/privacy_request/enumerations'

const MOST_A_DAY = 3

type NewRequest = {
  kind: RequestKind
  channel: RequestChannel
  userId?: string | null
  contact: Contact
  details: string | null
  receivedOn?: string
}

/**
 * Whether this address has already asked so often today that another request would be noise. Others checking the same
 * address wait until this transaction ends.
 */
export async function isTooOften(email: string) {
  await takeTurnsAs(`privacy request ${contactHash(email).toString('hex')}`)
  const since = DateTime.utc().minus({ days: 1 }).toJSDate()
  const lately = await PrivacyRequest.query()
    .whereIn('contact_hash', contactHashes(email))
    .where('created_at', '>', since)
  return lately.length >= MOST_A_DAY
}

/** Receives a request. Its clock runs from the day of receipt, whatever is checked later. */
export async function receiveRequest(asked: NewRequest) {
  const { kind, channel, userId = null, contact, details } = asked
  const { id } = await PrivacyRequest.create({
    kind,
    channel,
    userId,
    contact,
    details,
    ref: `P-${randomText(6)}`,
    lockVersion: 1,
    contactHash: contact.email ? contactHash(contact.email) : null,
    status: 'received',
    receivedOn: asked.receivedOn ?? todayUtc(),
  })
  const received = await PrivacyRequest.findOrFail(id)
  await received.log('received')
  return received
}
