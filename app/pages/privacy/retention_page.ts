import RetentionRun from '#models/retention_run'
import type { RuleStanding, RuleState } from '#privacy/retention/standing'
import { iso, moment } from '#registries/formats'

const STATES: Record<RuleState, { label: string; icon: string; tone: string }> = {
  good: { label: 'In order', icon: 'done', tone: 'good' },
  failed: { label: 'Failed', icon: 'alert', tone: 'bad' },
  late: { label: 'Not run for 36 hours', icon: 'warn', tone: 'warn' },
  new: { label: 'Has not run yet', icon: 'clock', tone: 'info' },
}

/** The state of each retention rule, and the latest runs of all. */
export async function retentionState(standings: RuleStanding[]) {
  const runs = await RetentionRun.latest()
  const labels = new Map<string, string>(standings.map(({ name, label }) => [name, label]))
  return {
    wrong: standings.filter(({ state }) => state === 'failed' || state === 'late').length,
    rules: standings.map(({ label, kept, state, startedAt, affected }) => ({
      label,
      kept,
      state: STATES[state],
      at: startedAt && iso(startedAt),
      when: startedAt && moment(startedAt),
      affected,
    })),
    runs: runs.map((run) => ({
      label: labels.get(run.dataset) ?? run.dataset,
      ruleVersion: run.ruleVersion,
      at: iso(run.startedAt),
      when: moment(run.startedAt),
      cutoff: moment(run.cutoff),
      affected: run.affected,
      outcome: outcomeOf(run),
    })),
  }
}

function outcomeOf({ finishedAt, error }: RetentionRun) {
  if (error) return { label: `Failed: ${error}`, icon: 'alert', tone: 'bad' }
  if (!finishedAt) return { label: 'Did not finish', icon: 'clock', tone: 'warn' }
  return { label: 'Done', icon: 'done', tone: 'good' }
}
