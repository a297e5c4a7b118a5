import { enqueue } from '#jobs/enqueue'
import Erasure from '#models/erasure'
import type PrivacyRequest from '#models/privacy_request'
import { todayUtc } from '#models/days'
import PrivacyRequestRecipient, {
  recipientOutcomes,
  type RecipientOutcome,
} from '#models/privacy_request_recipient'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** What Article 19 of the GDPR names: recipients hear of a correction, an erasure and a restriction. */
const TOLD_OF: PrivacyRequest['kind'][] = ['rectification', 'erasure', 'restriction']

type Notice = { recipients: string[]; outcome: RecipientOutcome; reason: string | null }

/** The known recipients not yet recorded as told or not; none if none has to be. */
export async function untoldRecipients(request: PrivacyRequest, known: string[]) {
  if (!TOLD_OF.includes(request.kind)) return []
  const noted = await request.recipients
  return known.filter((name) => !noted.some(({ recipient }) => recipient === name))
}

/** Refuses while one of them may still have to be told. */
export async function refuseUntold(request: PrivacyRequest, known: string[]) {
  const names = await untoldRecipients(request, known)
  if (names.length > 0) {
    refuse('recipients', `First record whether these were told: ${names.join(', ')}`)
  }
}

/**
 * Records that recipients of the data were told of the change, or why not (Article 19). The last of them lets an
 * erasure continue to its answer.
 */
export async function noteRecipients(request: PrivacyRequest, notice: Notice, known: string[]) {
  const { recipients, outcome, reason } = notice
  if (outcome !== 'informed' && !reason) refuse('reason', 'Enter why they were not told')
  const noted = await request.recipients.whereIn('recipient', recipients)
  if (noted.length > 0) refuse('recipients', `${noted[0].recipient} is noted already`)
  const informedOn = todayUtc()
  await PrivacyRequestRecipient.createMany(
    recipients.map((recipient) => ({ requestId: request.id, recipient, outcome, informedOn }))
  )
  await request.log('recipient', described(notice))
  await request.noteBeside('privacy_request.recipient_noted')
  if ((await untoldRecipients(request, known)).length === 0) await goOn(request)
}

function described({ recipients, outcome, reason }: Notice) {
  const told = `${recipients.join(', ')}: ${recipientOutcomes[outcome].toLowerCase()}`
  return reason ? `${told}. ${reason}` : told
}

async function goOn(request: PrivacyRequest) {
  const erasure = await Erasure.forRequest(request.id)
  if (!erasure?.isOpen) return
  await enqueue(Tenancy.current().trx, 'erase_person', { erasureId: erasure.id })
}
