import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import Erasure from '#models/erasure'
import type PrivacyRequest from '#models/privacy_request'
import type { RefusalGround } from '#models/privacy_request/enumerations'
import * as letters from '#models/privacy_request/letters'
import { refuseUntold } from '#models/privacy_request/recipients'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** Refuses on one of the legal grounds, and tells the person, including how to complain. */
export async function decline(request: PrivacyRequest, ground: RefusalGround, text: string) {
  request.refusalGround = ground
  request.answer = text
  await close(request, 'refused')
  await letters.tellOfRefusal(request, text)
  await request.log('refused', text)
}

type Fulfilment = {
  /** What the person is told. */
  text: string
  /** The evidence is hashed here, or was before, so that it can be shown to be unchanged later. */
  evidence: string | Buffer | { sha256: string }
  /** Everyone who may have received the data: if they have to hear of the change, it is recorded that they did. */
  recipients: string[]
  /** The person is forgotten as soon as they are told. */
  isLast?: boolean
}

/** Closes it as done. */
export async function fulfil(
  request: PrivacyRequest,
  { text, evidence, recipients, isLast = false }: Fulfilment
) {
  if (!request.identityVerifiedAt) refuse('answer', 'Confirm the person’s identity first')
  await refuseUntold(request, recipients)
  request.answer = text
  request.evidenceSha256 = hashOf(evidence)
  await close(request, 'fulfilled')
  await letters.tellOfFulfilment(request, text, { isLast })
  await request.log('fulfilled', text)
}

/** Closes it at the person's own wish. */
export async function withdraw(request: PrivacyRequest) {
  await close(request, 'withdrawn')
  await request.log('withdrawn')
}

async function close(request: PrivacyRequest, status: 'fulfilled' | 'refused' | 'withdrawn') {
  await refuseUnderErasure(request)
  request.completedAt = DateTime.utc()
  await request.moveTo(status, `privacy_request.${status}`)
}

/** An erasure that began cannot be withdrawn, and only its own last step ends the request. */
async function refuseUnderErasure({ id, kind }: PrivacyRequest) {
  if (kind !== 'erasure' || Tenancy.current().actorKind === 'system') return
  const begun = await Erasure.forRequest(id)
  if (begun?.isOpen) refuse('status', 'The erasure is under way')
}

function hashOf(evidence: Fulfilment['evidence']) {
  if (typeof evidence === 'object' && 'sha256' in evidence) return evidence.sha256
  return createHash('sha256').update(evidence).digest('hex')
}
