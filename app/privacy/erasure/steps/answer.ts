import { canonical, type Json } from '#models/pack/canonical'
import PrivacyRequest from '#models/privacy_request'
import { fulfil } from '#models/privacy_request/closing'
import { untoldRecipients } from '#models/privacy_request/recipients'
import type { Step } from '#privacy/erasure/steps'
import { PutOff, type Counts } from '#privacy/erasure/work'
import { recipientNames } from '#registries/agreements'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const ANSWER = `Your data is erased. Your account is deleted, and your name and address are taken out of everything we hold. Project records stay without them, under a label that does not name you. Back-ups still hold your data for 30 days at most; if one is restored, you are erased again before it is used. This is the last mail we send you: this address goes too as soon as it has left.`

/**
 * Fulfils the request with the proof as its evidence, and tells the person while we still know how. Waits
 * until the desk noted of every recipient whether it was told; the last one starts it again.
 */
export const answerStep: Step = {
  name: 'answer',
  title: 'Fulfil the request, and tell the person',
  async run({ erasure }): Promise<Counts> {
    if (!erasure.requestId) return {}
    const answered = await Tenancy.system(PLATFORM, async () => {
      const request = await PrivacyRequest.findById(erasure.requestId!)
      if (!request.isOpen) return 0
      const recipients = recipientNames()
      if ((await untoldRecipients(request, recipients)).length > 0) return null
      const evidence = canonical(erasure.proof as Json)
      await fulfil(request, { text: ANSWER, evidence, recipients })
      return 1
    })
    if (answered === null) throw new PutOff('untold_recipients', null)
    return { answered }
  },
}
