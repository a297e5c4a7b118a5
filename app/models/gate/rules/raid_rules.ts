import { today } from '#models/days'
import { raidRule } from '#models/gate/rules/raid_rule'
import type { Place } from '#models/gate/rules/rule'
import { statusLabel } from '#models/raid/enumerations'
import { ratingsOf, scoring } from '#models/raid/scoring'

const [CRITICAL] = ratingsOf('critical')

/** The impact of a false assumption from which it is critical: high or very high. */
const CRITICAL_IMPACT = 4

export const severeRisksAnswered = raidRule({
  label: 'Every severe risk has an owner and a response',
  nouns: ['severe risk lacks an owner or a response', 'severe risks lack an owner or a response'],
  condition: () => [
    `type = 'risk' and nature = 'threat' and rating >= ?
     and (num_nonnulls(owner_id, owner_label) = 0 or response is null)`,
    [scoring().bands.severe.from],
  ],
  why: ({ is_owned: isOwned, response }) =>
    [!isOwned && 'no owner', !response && 'no response'].filter(Boolean).join(', '),
  fixLabel: 'Open severe risks',
  list: 'type=risk&nature=threat&band=severe&state=open',
})

export const criticalIssuesOnTime = raidRule({
  label: 'No critical issue is overdue',
  nouns: ['critical issue is overdue', 'critical issues are overdue'],
  condition: () => [`type = 'issue' and rating >= ${CRITICAL} and due_on < ?`, [today()]],
  why: () => 'was due',
  on: (row) => row.due_on,
  fixLabel: 'Open critical issues',
  list: 'type=issue&priority=critical&state=open&overdue=1',
})

export const noCriticalIssues = raidRule({
  label: 'No critical issue is open',
  nouns: ['critical issue is open', 'critical issues are open'],
  condition: [`type = 'issue' and rating >= ${CRITICAL}`, []],
  why: ({ status }) => statusLabel('issue', status).toLowerCase(),
  fixLabel: 'Open critical issues',
  list: 'type=issue&priority=critical&state=open',
})

export const criticalAssumptionsValidated = raidRule({
  label: 'Critical assumptions are validated',
  nouns: ['critical assumption is not validated', 'critical assumptions are not validated'],
  condition: [`type = 'assumption' and impact_if_false >= ${CRITICAL_IMPACT}`, []],
  why: ({ status }) => statusLabel('assumption', status).toLowerCase(),
  fixLabel: 'Open assumptions',
  list: 'type=assumption&state=open',
})

export const dependenciesAgreed = raidRule({
  label: 'Dependencies due by the gate are agreed or met',
  nouns: [
    'dependency needed by the gate is not agreed',
    'dependencies needed by the gate are not agreed',
  ],
  condition: (place) => [
    `type = 'dependency' and status not in ('agreed', 'met') and due_on <= ?`,
    [dateOf(place)],
  ],
  isShared: true,
  why: ({ status }) => `${statusLabel('dependency', status).toLowerCase()}, needed by`,
  on: (row) => row.due_on,
  fixLabel: 'Open dependencies',
  list: 'type=dependency',
})

export const reviewsOnTime = raidRule({
  label: 'No review in the RAID log is overdue',
  nouns: ['entry missed its review', 'entries missed their review'],
  condition: () => ['next_review_on < ?', [today()]],
  why: () => 'review was due',
  on: (row) => row.next_review_on,
  fixLabel: 'Open RAID log',
  list: 'review=overdue',
})

/** The expected date of the gate; without one, today. */
function dateOf({ gate }: Place) {
  return gate.forecastOn ?? gate.baselineOn ?? today()
}
