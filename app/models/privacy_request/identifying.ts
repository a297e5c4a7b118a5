import { DateTime } from 'luxon'
import type PrivacyRequest from '#models/privacy_request'
import PrivacyCode from '#models/privacy_code'
import { identityMethods, type IdentityMethod } from '#models/privacy_request/enumerations'
import * as letters from '#models/privacy_request/letters'
import { refuse } from '#models/violation'
import { accountOf } from '#models/user'

/** Mails a code that proves whose address it is. Returns false when too many were asked for. */
export async function sendCode(request: PrivacyRequest) {
  if (!request.isOpen || !request.contact?.email) return false
  const issued = await PrivacyCode.issue(request.id)
  if (!issued) return false
  await letters.sendCode(request, issued)
  if (request.status === 'received') await request.moveTo('identity')
  await request.log('code_sent')
  return true
}

/** Checks a code. If it is right, the address is theirs, and so is its account. */
export async function redeemCode(request: PrivacyRequest, code: string) {
  if (!(await PrivacyCode.redeem(request.id, code))) return false
  if (request.identityMethod || !request.isOpen) return true
  request.userId ??= await accountOf(request.contact!.email!)
  await verifyIdentity(request, 'mailed_code')
  return true
}

/** Records how the desk verified the person: the account of the address they gave is theirs. */
export async function identify(request: PrivacyRequest, method: IdentityMethod) {
  const email = request.contact?.email
  if (email) request.userId ??= await accountOf(email)
  await verifyIdentity(request, method)
}

/** Records how the person was verified, and starts the work. */
export async function verifyIdentity(request: PrivacyRequest, method: IdentityMethod) {
  if (request.identityMethod)
    refuse('identity_method', 'The person’s identity has already been confirmed')
  request.identityMethod = method
  request.identityVerifiedAt = DateTime.utc()
  await request.moveTo('working')
  await request.log('identity_verified', identityMethods[method])
}
