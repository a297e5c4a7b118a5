import { canonical, type Json } from '#models/pack/canonical'
import PrivacyRequest from '#models/privacy_request'
import type { Step } from '#privacy/erasure/steps'
import type { Counts } from '#privacy/erasure/work'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const ANSWER = `Your data is erased. Your account is deleted, and your name and address are taken out of everything we hold. Project records stay without them, under a label that does not name you. Back-ups still hold your data until they are overwritten; if one is restored, you are erased again before it is used. This is the last mail we send you: this address goes too as soon as it has left.`

/** Fulfils the request with the proof as its evidence, and tells the person while we still know how. */
export const answerStep: Step = {
  name: 'answer',
  title: 'Fulfil the request, and tell the person',
  async run({ erasure }): Promise<Counts> {
    if (!erasure.requestId) return {}
    const answered = await Tenancy.system(PLATFORM, async () => {
      const request = await PrivacyRequest.findById(erasure.requestId!)
      if (!request.isOpen) return 0
      await request.fulfil(ANSWER, canonical(erasure.proof as Json))
      return 1
    })
    return { answered }
  },
}
