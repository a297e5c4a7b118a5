import { DateTime } from 'luxon'
import OutboxMail from '#models/outbox_mail'
import { Door } from '#privacy/erasure/door'
import { answeredRequests } from '#privacy/erasure/requests'
import { rulesFor } from '#privacy/erasure/rules'
import type { Step } from '#privacy/erasure/steps'
import { PutOff } from '#privacy/erasure/work'
import { lastErasureRules } from '#registries/erasure'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const UNDER_WAY = ['queued', 'sending']
const LONGEST_WAIT_DAYS = 3
const PAUSE_SECONDS = 30

/**
 * The answer has been sent, or never will be: this removes the last data that names the person, including what we
 * searched for.
 */
export const farewellStep: Step = {
  name: 'farewell',
  title: 'Forget how the person was reached, and what was searched for',
  async run(work) {
    const { erasure } = work
    if (erasure.requestId && (await isUnderWay(erasure.requestId))) {
      throw new PutOff('letter_under_way', PAUSE_SECONDS)
    }
    const requests = await answeredRequests(work)
    const rules = rulesFor(lastErasureRules, { ...work.subjectIn(PLATFORM), requests })
    const counts = await Door.open(PLATFORM, (door) => door.apply(rules, erasure.id, true))
    await Tenancy.system(PLATFORM, () => erasure.finish())
    return counts
  },
}

function isUnderWay(requestId: string) {
  return Tenancy.system(PLATFORM, async () => {
    const letter = await OutboxMail.query()
      .where('idempotency_key', `privacy:${requestId}:fulfilled`)
      .whereIn('status', UNDER_WAY)
      .where('created_at', '>', DateTime.utc().minus({ days: LONGEST_WAIT_DAYS }).toJSDate())
      .first()
    return letter !== null
  })
}
