import { conditionsClosed } from '#models/gate/rules/conditions'
import { confidenceGiven, greenAsComputed } from '#models/gate/rules/health'
import { priorityTasksOnTime } from '#models/gate/rules/priority_tasks'
import * as raid from '#models/gate/rules/raid_rules'
import { statusReportRecent } from '#models/gate/rules/status_report'
import type { Place, Rule, Verdict } from '#models/gate/rules/rule'

/** Every rule that a criterion can name. Published lifecycles contain their keys, so none is ever removed. */
export const rules: Record<string, Rule> = {
  severe_risks_answered: raid.severeRisksAnswered,
  critical_issues_on_time: raid.criticalIssuesOnTime,
  no_critical_issues: raid.noCriticalIssues,
  critical_assumptions_validated: raid.criticalAssumptionsValidated,
  dependencies_agreed: raid.dependenciesAgreed,
  reviews_on_time: raid.reviewsOnTime,
  priority_tasks_on_time: priorityTasksOnTime,
  conditions_closed: conditionsClosed,
  status_report_recent: statusReportRecent,
  green_as_computed: greenAsComputed,
  confidence_given: confidenceGiven,
}

/** What is flagged at every gate, whatever its criteria require, and never prevents its submission. */
export const FLAGS = [
  'severe_risks_answered',
  'reviews_on_time',
  'critical_assumptions_validated',
  'no_critical_issues',
  'status_report_recent',
  'green_as_computed',
  'confidence_given',
]

/** The verdicts of these rules, by key; one query for each, however many criteria name it. */
export async function verdicts(
  place: Place,
  keys: Iterable<string>
): Promise<Map<string, Verdict>> {
  const found = new Map<string, Verdict>()
  for (const key of new Set(keys)) {
    const rule = rules[key]
    if (rule) found.set(key, await rule.check(place))
  }
  return found
}
