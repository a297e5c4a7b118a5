import RetentionRun, { type Standing } from '#models/retention_run'
import { retentionRules, timedRules, type TimedRule } from '#registries/retention'

const LATEST_HOURS = 36

/** The state of a rule: in order, failed, or not run for too long. */
export type RuleState = 'good' | 'failed' | 'late' | 'new'

export type RuleStanding = Standing & {
  name: TimedRule
  label: string
  kept: string
  state: RuleState
}

/** The present state of every rule with a time limit. Expects the platform's tenancy. */
export async function ruleStandings(now = new Date()): Promise<RuleStanding[]> {
  const since = await RetentionRun.firstAt()
  const standings = await RetentionRun.standing(timedRules)
  return standings.map((standing) => {
    const name = standing.dataset as TimedRule
    const { label, text: kept } = retentionRules[name]
    return { ...standing, name, label, kept, state: stateOf(standing, since, now) }
  })
}

/** A rule that never ran counts from the first run of any: on a new installation there was none yet. */
function stateOf(
  { error, goodAt, finishedAt }: Standing,
  since: Date | null,
  now: Date
): RuleState {
  if (finishedAt && error) return 'failed'
  const last = goodAt ?? since
  if (!last) return 'new'
  if (now.getTime() - last.getTime() > LATEST_HOURS * 3_600_000) return 'late'
  return goodAt ? 'good' : 'new'
}
