import { jobKinds, type JobKind } from '#jobs/kinds'
import { Findings } from '#privacy/finding'
import { jobActivities } from '#registries/activities'
import { retentionRules, type RetentionRule } from '#registries/retention'

/** Whether each job serves a registered activity, and each rule with a time limit has a recurring job. */
export function checkWork(
  registered: Record<string, JobKind> = jobKinds,
  served: Record<string, string> = jobActivities
) {
  const found = new Findings('jobs', 'app/registries/activities.ts')
  for (const name of Object.keys(registered)) {
    found.add(!(name in served), `the job ${name} belongs to no activity`)
  }
  for (const name of Object.keys(served)) {
    found.add(!(name in registered), `the job ${name} is gone`)
  }
  return [...found.list, ...checkEnds(registered)]
}

function checkEnds(registered: Record<string, JobKind>) {
  const found = new Findings('retention', 'app/registries/retention.ts')
  const rules: Record<string, RetentionRule> = retentionRules
  for (const [name, { ends, days, text, jobs: enforcers = [] }] of Object.entries(rules)) {
    const schedules = enforcers.flatMap((job) => registered[job]?.schedule ?? [])
    const isHeld = schedules.length === enforcers.length && schedules.length > 0
    found.add(ends === 'time' && !(days && isHeld), `nothing sees to the rule ${name}`)
    const isLate = ends === 'time' && text.includes('hour') && !schedules.some(isHourly)
    found.add(isLate, `the rule ${name} speaks of hours, and nothing sees to it every hour`)
  }
  return found.list
}

/** The second of a crontab's five fields is the hour. */
function isHourly(schedule: string) {
  return schedule.split(' ')[1] === '*'
}
