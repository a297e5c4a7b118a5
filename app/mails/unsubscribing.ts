import { createHmac, timingSafeEqual } from 'node:crypto'
import { parse, stringify } from 'uuid'
import { mailSettings } from '#config/mail'
import { isKind } from '#models/notification/kinds'
import type { MailsOfKind } from '#models/notification_preference'
import Tenancy from '#tenancy/tenancy'

const ID_BYTES = 16
const SIGNATURE_BYTES = 32

/** The path that stops one member's mails of one kind: signed, so that no one can make one for someone else. */
export function unsubscribePath({ membershipId, kind }: Omit<MailsOfKind, 'organisationId'>) {
  const { organisationId } = Tenancy.current()
  const told = Buffer.concat([parse(organisationId), parse(membershipId), Buffer.from(kind)])
  return `/unsubscribe/${Buffer.concat([signaturesOf(told)[0], told]).toString('base64url')}`
}

/** The content of a link's token; null for one that we did not sign. It never expires: old mails are read too. */
export function readUnsubscribing(token: string): MailsOfKind | null {
  const bytes = Buffer.from(token, 'base64url')
  const signature = bytes.subarray(0, SIGNATURE_BYTES)
  const told = bytes.subarray(SIGNATURE_BYTES)
  if (told.length <= 2 * ID_BYTES) return null
  if (!signaturesOf(told).some((ours) => timingSafeEqual(signature, ours))) return null
  const kind = told.subarray(2 * ID_BYTES).toString()
  if (!isKind(kind)) return null
  return {
    organisationId: stringify(told.subarray(0, ID_BYTES)),
    membershipId: stringify(told.subarray(ID_BYTES, 2 * ID_BYTES)),
    kind,
  }
}

/** Under the current key first; links in mails sent under earlier ones keep working. */
function signaturesOf(told: Buffer) {
  return mailSettings.unsubscribeKeys.map((key) => createHmac('sha256', key).update(told).digest())
}
