import { DateTime } from 'luxon'
import type PrivacyRequest from '#models/privacy_request'
import { todayUtc } from '#models/days'
import { latestExtension } from '#models/privacy_request/clock'
import type { ExtensionReason } from '#models/privacy_request/enumerations'
import * as letters from '#models/privacy_request/letters'
import { refuse } from '#models/violation'

/** Tells the person that we have it, as complaints require within 30 days. */
export async function acknowledge(request: PrivacyRequest) {
  if (request.acknowledgedAt) refuse('acknowledgement', 'The receipt has already been acknowledged')
  request.acknowledgedAt = DateTime.utc()
  await letters.acknowledge(request)
  await request.auditAs('privacy_request.acknowledged').saveRevision()
  await request.log('acknowledged')
}

/** Asks the person something. The clock keeps running. */
export async function askBack(request: PrivacyRequest, question: string) {
  await request.moveTo('clarification')
  await letters.askBack(request, question)
  await request.log('clarification_asked', question)
}

/** Records the person's answer. */
export async function takeAnswer(request: PrivacyRequest, answer: string) {
  await request.moveTo('working')
  await request.log('clarification_answered', answer)
}

/** Extends the deadline, once, while it is not overdue yet, and tells the person why. */
export async function extend(
  request: PrivacyRequest,
  to: string,
  reason: ExtensionReason,
  text: string
) {
  refuseExtension(request, to)
  request.extendedTo = to
  request.extensionReason = reason
  request.extensionNotifiedAt = DateTime.utc()
  await letters.tellOfExtension(request, text)
  await request.auditAs('privacy_request.extended').saveRevision()
  await request.log('extended', text)
}

function refuseExtension({ isOpen, extendedTo, dueOn, receivedOn }: PrivacyRequest, to: string) {
  if (!isOpen) refuse('extended_to', 'This request is closed')
  if (extendedTo) refuse('extended_to', 'This request has already been extended')
  if (todayUtc() > dueOn)
    refuse('extended_to', 'This request is overdue, so it can no longer be extended')
  const latest = latestExtension(receivedOn)
  if (to <= dueOn || to > latest) {
    refuse('extended_to', `Choose a date after ${dueOn}, up to ${latest}`)
  }
}

/** Adds a note to the log of the request. */
export async function note(request: PrivacyRequest, text: string) {
  await request.log('note', text)
  await request.noteBeside('privacy_request.noted')
}
