import { canonical, type Json } from '#models/pack/canonical'
import type { Traces } from '#models/erasure'
import PrivacyRequest from '#models/privacy_request'
import { fulfil } from '#models/privacy_request/closing'
import { untoldRecipients } from '#models/privacy_request/recipients'
import { endRequests, ownRequests } from '#privacy/erasure/requests'
import type { Step } from '#privacy/erasure/steps'
import { PutOff, type Counts, type Work } from '#privacy/erasure/work'
import { recipientNames } from '#registries/agreements'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const STAYS = 'Project records stay without them, under a label that does not name you.'
const BACKUPS = 'Back-ups still hold your data for 30 days at most'
const LAST = 'This is the last mail we send you: this address goes too as soon as it has left.'

/**
 * Someone who occurred only in texts cannot be recognised in an older back-up: nothing is kept to recognise them by.
 */
function answerTo({ userId, externals }: Traces, ended: string[]) {
  const what = userId
    ? 'Your account is deleted, and your name and address are taken out of everything we hold.'
    : 'Your name and address are taken out of everything we hold. You had no account.'
  const isFoundAgain = userId !== null || externals.length > 0
  const again = isFoundAgain ? '; if one is restored, you are erased again before it is used' : ''
  const others =
    ended.length > 0 ? ` With it we closed what else you asked: ${ended.join(', ')}.` : ''
  return `Your data is erased. ${what} ${STAYS} ${BACKUPS}${again}.${others} ${LAST}`
}

/**
 * Fulfils the request with the proof as its evidence, and tells the person while we still know how. Waits until the
 * desk has recorded for every recipient whether they were told; the last one resumes it.
 */
export const answerStep: Step = {
  name: 'answer',
  title: 'Fulfil the request, and tell the person',
  async run(work): Promise<Counts> {
    const own = await ownRequests(work)
    const counts = await Tenancy.system(PLATFORM, () => answer(work, own))
    if (counts === null) throw new PutOff('untold_recipients', null)
    return counts
  },
}

async function answer({ erasure, traces }: Work, own: Set<string>): Promise<Counts | null> {
  const { requestId, proof } = erasure
  const request = requestId ? await PrivacyRequest.findById(requestId) : null
  const recipients = recipientNames()
  if (request?.isOpen && (await untoldRecipients(request, recipients)).length > 0) return null
  const ended = await endRequests(own, erasure)
  if (!request?.isOpen) return { ended: ended.length }
  const evidence = canonical(proof as Json)
  await fulfil(request, { text: answerTo(traces, ended), evidence, recipients, isLast: true })
  return { answered: 1, ended: ended.length }
}
