import type { Person } from '#middleware/access_middleware'
import PrivacyRequest from '#models/privacy_request'
import { beginsByItselfOn } from '#models/privacy_request/clock'
import { inWords } from '#pages/privacy/request_page'
import { soleOwnerships } from '#privacy/erasure/start'
import { day } from '#registries/formats'

/** What deleting one's account means, and how far it is. */
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
    { label: 'Your request is received', isDone: true },
    { label: 'It is known that it is you who asks', isDone: isKnown },
    {
      label: `The deletion starts, on ${latest} at the latest, and you are signed out`,
      isDone: false,
    },
    { label: 'We tell you by mail that it is done', isDone: false },
  ]
}
