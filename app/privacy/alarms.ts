import { todayUtc } from '#models/days'
import type PrivacyRequest from '#models/privacy_request'
import {
  acknowledgeBy,
  acknowledgementDue,
  alarmDue,
  daysLeft,
} from '#models/privacy_request/clock'
import { requestKinds } from '#models/privacy_request/enumerations'
import PrivacyRequestEntry from '#models/privacy_request_entry'
import { dueForAlarm } from '#models/privacy_request/queue'
import { mailDesk } from '#privacy/desk_mail'
import { day } from '#registries/formats'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/**
 * Warns the desk about requests that are due soon, five days before and the day before, and about complaints not yet
 * acknowledged, each once; and each day about what is overdue, once it is known who asks.
 */
export function alarmDesk(today?: string): Promise<number> {
  return Tenancy.system(PLATFORM, async () => {
    let sent = 0
    for (const request of await dueForAlarm()) {
      if (await alarm(request, today)) sent++
      if (await alarmOfComplaint(request, today)) sent++
    }
    return sent
  })
}

async function alarm(request: PrivacyRequest, today = todayUtc()) {
  const { id, ref, answerBy } = request
  const kind = alarmDue(answerBy, today)
  if (!kind) return false
  const left = daysLeft(answerBy, today)
  const isNew = !(await isKnown(request, kind))
  if (isNew) await request.log(kind)
  else if (left >= 0 || !request.identityVerifiedAt) return false
  const paragraphs = [
    `The request ${ref} (${requestKinds[request.kind].toLowerCase()}) must be answered by ${day(answerBy)}.`,
  ]
  return mailDesk(
    {
      subject: `${ref} ${inWords(left)}`,
      paragraphs,
      path: `/admin/privacy/${id}`,
      action: 'Open the request',
    },
    `privacy:${id}:${kind}:${left < 0 ? today : answerBy}`
  )
}

/** A complaint is acknowledged within 30 days, whenever it is answered. */
async function alarmOfComplaint(request: PrivacyRequest, today?: string) {
  const { id, ref, kind, receivedOn, acknowledgedAt } = request
  if (kind !== 'complaint' || acknowledgedAt || !acknowledgementDue(receivedOn, today)) return false
  if (await isKnown(request, 'alarm_acknowledgement')) return false
  await mailDesk(
    {
      subject: `${ref}: acknowledge this complaint`,
      paragraphs: [
        `Acknowledge receipt of the complaint ${ref} by ${day(acknowledgeBy(receivedOn))}.`,
      ],
      path: `/admin/privacy/${id}`,
      action: 'Open the complaint',
    },
    `privacy:${id}:alarm_acknowledgement`
  )
  await request.log('alarm_acknowledgement')
  return true
}

/** An extended request has a new due date, from which its alarms count. */
function isKnown(
  request: PrivacyRequest,
  kind: 'alarm_first' | 'alarm_last' | 'alarm_acknowledgement'
) {
  return PrivacyRequestEntry.query()
    .where({ requestId: request.id, kind })
    .if(request.extensionNotifiedAt, (query) =>
      query.where('created_at', '>', request.extensionNotifiedAt!.toJSDate())
    )
    .first()
}

function inWords(left: number) {
  if (left < 0) return `is overdue by ${left === -1 ? 'a day' : `${-left} days`}`
  if (left === 0) return 'is due today'
  return left === 1 ? 'is due tomorrow' : `is due in ${left} days`
}
