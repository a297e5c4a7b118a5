import type { Person } from '#middleware/access_middleware'
import PrivacyRequest from '#models/privacy_request'
import { beginsByItselfOn } from '#models/privacy_request/clock'
import { inWords } from '#pages/privacy/request_page'
import { soleOwnerships } from '#privacy/erasure/start'
import { day } from '#registries/formats'

/** What deleting one's account means, and its progress. */
export async function ownErasure({ id, email }: Person) {
  const asked = await PrivacyRequest.openErasureOf(id)
  return {
    email,
    request: asked && inWords(asked),
    stages: asked ? stagesOf(asked) : [],
    owned: await soleOwnerships(id),
  }
}

function stagesOf({ identityVerifiedAt, answerBy }: PrivacyRequest) {
  const latest = day(beginsByItselfOn(answerBy))
  const isKnown = identityVerifiedAt !== null
  return [
    { label: 'Request received', isDone: true },
    { label: 'We have confirmed that it is you', isDone: isKnown },
    {
      label: `The deletion starts by ${latest}, and you are signed out`,
      isDone: false,
    },
    { label: 'We email you when it is done', isDone: false },
  ]
}
