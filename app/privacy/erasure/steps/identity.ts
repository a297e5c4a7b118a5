import { accountRemover } from '#identity/account_removal'
import type Erasure from '#models/erasure'
import PrivacyRequest from '#models/privacy_request'
import { noteRecipients, untoldRecipients } from '#models/privacy_request/recipients'
import type { Step } from '#privacy/erasure/steps'
import { PutOff, type Counts } from '#privacy/erasure/work'
import { recipientNames } from '#registries/agreements'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const FIRST_PAUSE_SECONDS = 60
const PROVIDER = 'Auth0'

/** No transaction is open here: the provider may be slow, or not answer at all. */
export const identityStep: Step = {
  name: 'identity',
  title: 'Delete the account at the identity provider',
  async run({ erasure, traces }) {
    const counts: Counts = { deleted: 0, absent: 0 }
    for (const subject of traces.subjects) {
      const outcome = await accountRemover().remove(subject)
      if (outcome.kind === 'refused') {
        throw new PutOff(outcome.failure, outcome.retryAfter ?? FIRST_PAUSE_SECONDS)
      }
      counts[outcome.kind] += 1
    }
    if (traces.subjects.length > 0) await noteTold(erasure)
    return counts
  },
  async preview({ traces }) {
    return { accounts: traces.subjects.length }
  },
}

/** A provider that was made to delete the account need not be told any more. */
function noteTold({ requestId }: Erasure) {
  return Tenancy.system(PLATFORM, async () => {
    const request = requestId ? await PrivacyRequest.findById(requestId) : null
    const known = recipientNames()
    if (!request?.isOpen || !(await untoldRecipients(request, known)).includes(PROVIDER)) return
    const reason = 'Its interface deleted the account.'
    await noteRecipients(request, { recipients: [PROVIDER], outcome: 'informed', reason }, known)
  })
}
