import { controller } from '#config/privacy'
import { queueMail } from '#mails/outbox'
import type PrivacyRequest from '#models/privacy_request'
import { alarmDue, daysLeft } from '#models/privacy_request/clock'
import { requestKinds } from '#models/privacy_request/enumerations'
import PrivacyRequestEntry from '#models/privacy_request/entry'
import { dueForAlarm } from '#models/privacy_request/queue'
import { day } from '#registries/formats'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Warns the desk of requests that are due soon: five days before, and the day before. Each once. */
export function alarmDesk(today?: string): Promise<number> {
  return Tenancy.system(PLATFORM, async () => {
    let sent = 0
    for (const request of await dueForAlarm()) if (await alarm(request, today)) sent++
    return sent
  })
}

async function alarm(request: PrivacyRequest, today?: string) {
  const kind = alarmDue(request.answerBy, today)
  if (!kind || (await isKnown(request, kind))) return false
  const left = daysLeft(request.answerBy, today)
  await queueMail({
    template: 'notice',
    to: { email: controller.email },
    data: {
      subject: `${request.ref} is due ${inWords(left)}`,
      paragraphs: [
        `The request ${request.ref} (${requestKinds[request.kind].toLowerCase()}) must be answered by ${day(request.answerBy)}.`,
      ],
      path: `/admin/privacy/${request.id}`,
      action: 'Open the request',
    },
    key: `privacy:${request.id}:${kind}:${request.answerBy}`,
  })
  await request.log(kind)
  return true
}

/** An extended request is due anew, so that its alarms count from then. */
function isKnown(request: PrivacyRequest, kind: 'alarm_first' | 'alarm_last') {
  return PrivacyRequestEntry.query()
    .where({ requestId: request.id, kind })
    .if(request.extensionNotifiedAt, (query) =>
      query.where('created_at', '>', request.extensionNotifiedAt!.toJSDate())
    )
    .first()
}

function inWords(left: number) {
  if (left < 0) return `since ${-left} days`
  if (left === 0) return 'today'
  return left === 1 ? 'tomorrow' : `in ${left} days`
}
