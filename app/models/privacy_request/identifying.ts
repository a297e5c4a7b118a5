import { DateTime } from 'luxon'
import type PrivacyRequest from '#models/privacy_request'
import PrivacyCode from '#models/privacy_request/code'
import { identityMethods, type IdentityMethod } from '#models/privacy_request/enumerations'
import * as letters from '#models/privacy_request/letters'
import { refuse } from '#models/violation'
import { accountOf } from '#models/user'

/** Mails a code that proves whose address it is. Answers false when too many were asked for. */
export async function sendCode(request: PrivacyRequest) {
  if (!request.isOpen || !request.contact?.email) return false
  const issued = await PrivacyCode.issue(request.id)
  if (!issued) return false
  await letters.sendCode(request, issued)
  if (request.status === 'received') await request.moveTo('identity')
  await request.log('code_sent')
  return true
}

/** Takes a code. Right, it shows that the address is theirs; the account of that address is the person's. */
export async function redeemCode(request: PrivacyRequest, code: string) {
  if (!(await PrivacyCode.redeem(request.id, code))) return false
  if (request.identityMethod || !request.isOpen) return true
  request.userId ??= await accountOf(request.contact!.email!)
  await verifyIdentity(request, 'mailed_code')
  return true
}

/** Notes how the desk established who asks: the account of the address that the person gave is theirs. */
export async function identify(request: PrivacyRequest, method: IdentityMethod) {
  const email = request.contact?.email
  if (email) request.userId ??= await accountOf(email)
  await verifyIdentity(request, method)
}

/** Notes how it was established who asks, and goes to work. */
export async function verifyIdentity(request: PrivacyRequest, method: IdentityMethod) {
  if (request.identityMethod)
    refuse('identity_method', 'The person’s identity has already been confirmed')
  request.identityMethod = method
  request.identityVerifiedAt = DateTime.utc()
  await request.moveTo('working')
  await request.log('identity_verified', identityMethods[method])
}
