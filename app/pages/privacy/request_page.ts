import PrivacyRequest from '#models/privacy_request'
import { requestKinds } from '#models/privacy_request/enumerations'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** The kinds of request as choices, each with what it means. */
export function kindOptions() {
  return Object.entries(requestKinds).map(([value, label]) => ({
    value,
    label,
    hint: HINTS[value as keyof typeof requestKinds],
  }))
}

const HINTS: Record<keyof typeof requestKinds, string> = {
  access: 'Everything we hold about you, what it is for and who has received it.',
  portability: 'What you gave us, in files another product can read.',
  rectification: 'Tell us below what is wrong and what is right.',
  erasure: 'We remove your name and address from everything. Project records stay without them.',
  restriction: 'For example, while a dispute is settled.',
  objection: 'You can object to uses based on our legitimate interests. Tell us below which.',
  complaint: 'We acknowledge it within 30 days and tell you what came of it.',
}

/** A request as the person who made it sees it; null for none. */
export async function ownRequest(ref: string) {
  const found = await PrivacyRequest.findByRef(ref)
  return found && inWords(found)
}

/** A request as the person who made it sees it. */
export function inWords(found: PrivacyRequest) {
  return {
    id: found.id,
    ref: found.ref,
    kind: requestKinds[found.kind],
    status: terms.privacyRequestStatuses[found.status],
    isOpen: found.isOpen,
    answer: found.answer,
    pairs: [
      { label: 'Reference', value: found.ref },
      { label: 'Received', value: day(found.receivedOn) },
      { label: 'We answer by', value: day(found.answerBy) },
      ...(found.completedAt ? [{ label: 'Closed', value: day(found.completedAt) }] : []),
    ],
  }
}
