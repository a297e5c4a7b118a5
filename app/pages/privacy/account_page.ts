import PersonFlag, { flagActs, flags, type Flag } from '#models/person_flag'
import { exportKinds } from '#models/privacy_export'
import PrivacyRequest from '#models/privacy_request'
import { ownExports } from '#pages/privacy/export_page'
import { inWords, kindOptions } from '#pages/privacy/request_page'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** What each switch stops, and what continues all the same. */
const EFFECTS: Record<Flag, { stops: string; stays: string }> = {
  restricted: {
    stops:
      'Your data is kept, but not used. Others cannot find you by name in the list of members, their exports leave your data out, and no AI feature is given it.',
    stays:
      'The audit trail and security records continue, because the law and the safety of others need them. Colleagues in your projects still see your name beside your work.',
  },
  object_analytics: {
    stops:
      'Analytics is never loaded while you are signed in, even where you accepted its cookies.',
    stays: 'Nothing else changes.',
  },
  object_ai: {
    stops: 'AI features are given a pseudonym in place of your name.',
    stays: 'Your entries stay in the project records that colleagues may ask about.',
  },
  object_telemetry: {
    stops: 'Your browser sends no error reports.',
    stays: 'Our servers still note that something failed, without your name.',
  },
}

/** A person's requests and switches. */
export async function accountPrivacy(userId: string) {
  const raised = await PersonFlag.raisedFor(userId)
  const requests = await PrivacyRequest.of(userId)
  return {
    // Deleting the account has a page of its own, which says what that means.
    kinds: kindOptions().filter(({ value }) => value !== 'erasure'),
    requests: requests.map(inWords),
    exports: await ownExports(userId),
    exportKinds: terms.options(exportKinds),
    switches: Object.entries(flags).map(([flag, label]) => {
      const found = raised.find((one) => one.flag === flag)
      return {
        flag,
        label,
        act: flagActs[flag as Flag][found ? 'lift' : 'raise'],
        ...EFFECTS[flag as Flag],
        since: found ? day(found.since) : null,
        byDesk: found?.setBy === 'desk',
      }
    }),
  }
}
