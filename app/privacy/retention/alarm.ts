import { todayUtc } from '#models/days'
import { mailDesk } from '#privacy/desk_mail'
import { ruleStandings, type RuleStanding } from '#privacy/retention/standing'
import { moment } from '#registries/formats'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Mails the desk about rules that failed or have not run for 36 hours: once a day and rule. Returns how many. */
export function alarmRetention(now = new Date()): Promise<number> {
  return Tenancy.system(PLATFORM, async () => {
    const wrong = (await ruleStandings(now)).filter(({ state }) =>
      ['failed', 'late'].includes(state)
    )
    for (const rule of wrong) await alarm(rule)
    return wrong.length
  })
}

function alarm(rule: RuleStanding) {
  const { name, label } = rule
  return mailDesk(
    {
      subject: `Retention: check the rule for “${label}”`,
      paragraphs: [
        whatHappened(rule),
        'Until it runs, data is kept longer than the privacy policy says.',
      ],
      path: '/admin/privacy/retention',
      action: 'See the runs',
    },
    `retention:${name}:${todayUtc()}`
  )
}

function whatHappened({ state, error, goodAt }: RuleStanding) {
  const last = goodAt ? `It last ended well on ${moment(goodAt)}.` : 'It never ended well.'
  return state === 'failed' ? `Its last run failed (${error}). ${last}` : `It is overdue. ${last}`
}
