import { canonical, type Json } from '#models/pack/canonical'
import type { Traces } from '#models/erasure'
import PrivacyRequest from '#models/privacy_request'
import { fulfil } from '#models/privacy_request/closing'
import { untoldRecipients } from '#models/privacy_request/recipients'
import type { Step } from '#privacy/erasure/steps'
import { PutOff, type Counts } from '#privacy/erasure/work'
import { recipientNames } from '#registries/agreements'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const STAYS = 'Project records stay without them, under a label that does not name you.'
const BACKUPS = 'Back-ups still hold your data for 30 days at most'
const LAST = 'This is the last mail we send you: this address goes too as soon as it has left.'

/**
 * Someone who occurred only in texts cannot be recognised in an older back-up: nothing is kept to recognise them by.
 */
function answerTo({ userId, externals }: Traces) {
  const what = userId
    ? 'Your account is deleted, and your name and address are taken out of everything we hold.'
    : 'Your name and address are taken out of everything we hold. You had no account.'
  const isFoundAgain = userId !== null || externals.length > 0
  const again = isFoundAgain ? '; if one is restored, you are erased again before it is used' : ''
  return `Your data is erased. ${what} ${STAYS} ${BACKUPS}${again}. ${LAST}`
}

/**
 * Fulfils the request with the proof as its evidence, and tells the person while we still know how. Waits until the
 * desk has recorded for every recipient whether they were told; the last one resumes it.
 */
export const answerStep: Step = {
  name: 'answer',
  title: 'Fulfil the request, and tell the person',
  async run({ erasure, traces }): Promise<Counts> {
    if (!erasure.requestId) return {}
    const answered = await Tenancy.system(PLATFORM, async () => {
      const request = await PrivacyRequest.findById(erasure.requestId!)
      if (!request.isOpen) return 0
      const recipients = recipientNames()
      if ((await untoldRecipients(request, recipients)).length > 0) return null
      const evidence = canonical(erasure.proof as Json)
      await fulfil(request, { text: answerTo(traces), evidence, recipients, isLast: true })
      return 1
    })
    if (answered === null) throw new PutOff('untold_recipients', null)
    return { answered }
  },
}
