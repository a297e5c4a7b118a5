import { jobs, type Jobs } from '#jobs/index'
import { Findings } from '#privacy/finding'
import { jobActivities } from '#registries/activities'
import { retentionRules, type RetentionRule } from '#registries/retention'

/** Whether each job serves a registered activity, and each rule that ends with time has its recurring job. */
export function checkWork(registered: Jobs = jobs, served: Record<string, string> = jobActivities) {
  const found = new Findings('jobs', 'app/registries/activities.ts')
  for (const name of Object.keys(registered)) {
    found.add(!(name in served), `the job ${name} belongs to no activity`)
  }
  for (const name of Object.keys(served)) {
    found.add(!(name in registered), `the job ${name} is gone`)
  }
  return [...found.list, ...checkEnds(registered)]
}

function checkEnds(registered: Jobs) {
  const found = new Findings('retention', 'app/registries/retention.ts')
  const rules: Record<string, RetentionRule> = retentionRules
  for (const [name, { ends, days, jobs: enforcers = [] }] of Object.entries(rules)) {
    const recurring = enforcers.filter((job) => registered[job]?.schedule)
    const isHeld = recurring.length === enforcers.length && recurring.length > 0
    found.add(ends === 'time' && !(days && isHeld), `nothing sees to the rule ${name}`)
  }
  return found.list
}
