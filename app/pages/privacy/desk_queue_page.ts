import type PrivacyRequest from '#models/privacy_request'
import { encodeCursor } from '#models/lists/keyset'
import { daysLeft } from '#models/privacy_request/clock'
import { requestKinds } from '#models/privacy_request/enumerations'
import { closedRequests, nameIn, openRequests } from '#models/privacy_request/queue'
import { agreementProblem, isUsed, processorHere } from '#registries/agreements'
import { day } from '#registries/formats'
import { processors } from '#registries/processors'
import * as terms from '#registries/terms'

type Settings = Record<string, string | undefined>

/** The queue with what is due first at the top, and closed requests on a tab of their own. */
export async function queueState(query: Record<string, unknown>, settings: Settings) {
  const isClosed = query.show === 'closed'
  const after = typeof query.after === 'string' ? query.after : null
  const page = isClosed ? { rows: await closedRequests(), next: null } : await openRequests(after)
  return {
    isClosed,
    requests: page.rows.map(requestRow),
    next: page.next && `/admin/privacy?after=${encodeCursor(page.next)}`,
    agreements: processors
      .filter((one) => isUsed(one, settings))
      .map((one) => processorHere(one, settings))
      .map((one) => ({
        name: one.name,
        dates: settings[one.agreement] || 'No date is set',
        problem: agreementProblem(settings[one.agreement]),
      })),
  }
}

/** A request in one line. */
export function requestRow(request: PrivacyRequest) {
  return {
    id: request.id,
    ref: request.ref,
    kind: requestKinds[request.kind],
    name: nameIn(request.contact),
    status: terms.privacyRequestStatuses[request.status],
    receivedOn: day(request.receivedOn),
    due: dueBadge(request),
    dueOn: day(request.answerBy),
  }
}

/** How close the due date is, in words and not by colour alone. */
function dueBadge(request: PrivacyRequest) {
  if (!request.isOpen) return { label: `Closed ${day(request.completedAt)}`, icon: 'done' }
  const left = daysLeft(request.answerBy)
  const label = leftInWords(left)
  if (left < 0) return { label, icon: 'alert', tone: 'bad' }
  return left <= 5 ? { label, icon: 'warn', tone: 'warn' } : { label, icon: 'clock', tone: 'info' }
}

function leftInWords(left: number) {
  if (left === 0) return 'Due today'
  const days = Math.abs(left)
  return `${days === 1 ? '1 day' : `${days} days`} ${left < 0 ? 'overdue' : 'left'}`
}
