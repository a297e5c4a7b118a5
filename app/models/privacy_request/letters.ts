import { queueMail } from '#mails/outbox'
import { inWords } from '#models/days'
import type PrivacyRequest from '#models/privacy_request'
import {
  extensionReasons,
  refusalGrounds,
  requestKinds,
} from '#models/privacy_request/enumerations'

const COMPLAIN =
  'You can complain to us by replying to this email, or to the Information Commissioner’s Office (ico.org.uk) or the authority of your country. You can also go to court.'

/** Mails the code that proves whose address it is. */
export function sendCode(request: PrivacyRequest, { id, code }: { id: string; code: string }) {
  return queueMail({
    template: 'privacy_code',
    to: { email: request.contact!.email! },
    data: { ref: request.ref, code, path: pathOf(request) },
    key: `privacy_code:${id}`,
  })
}

/** Says that the request was received, and by when it will be answered. */
export function acknowledge(request: PrivacyRequest) {
  return write(request, 'acknowledged', [
    `We received your request ${request.ref} (${requestKinds[request.kind].toLowerCase()}) on ${inWords(request.receivedOn)}, and are looking into it. We will answer by ${inWords(request.answerBy)}.`,
  ])
}

/** Asks for what is missing. */
export function askBack(request: PrivacyRequest, question: string) {
  return write(request, `asked:${request.lockVersion}`, [
    `To answer your request ${request.ref}, we need to know more:`,
    question,
    'Reply to this email with your answer.',
  ])
}

/** Says that it takes longer, and why. */
export function tellOfExtension(request: PrivacyRequest, text: string) {
  return write(request, 'extended', [
    `We need until ${inWords(request.extendedTo!)} to answer your request ${request.ref}. ${extensionReasons[request.extensionReason!]}.`,
    text,
    COMPLAIN,
  ])
}

/** Says that it is refused, why, and where to complain. */
export function tellOfRefusal(request: PrivacyRequest, text: string) {
  return write(request, 'refused', [
    `We cannot do what you asked in ${request.ref}. ${refusalGrounds[request.refusalGround!]}.`,
    text,
    COMPLAIN,
  ])
}

/** Says that it is done. A person who is forgotten with this mail (`isLast`) could no longer open the request. */
export function tellOfFulfilment(
  request: PrivacyRequest,
  text: string,
  { isLast }: { isLast: boolean }
) {
  const path = isLast ? null : pathOf(request)
  return write(request, 'fulfilled', [`Your request ${request.ref} is done.`, text], path)
}

/** People who gave no mail address are told in the way they chose; the log says that someone has to. */
async function write(
  request: PrivacyRequest,
  occasion: string,
  paragraphs: string[],
  path: string | null = pathOf(request)
) {
  const { contact, ref } = request
  if (!contact?.email) return null
  return queueMail({
    template: 'privacy_letter',
    to: { email: contact.email },
    data: { ref, paragraphs, path },
    key: `privacy:${request.id}:${occasion}`,
  })
}

function pathOf({ ref }: PrivacyRequest) {
  return `/privacy/requests/${ref}`
}
