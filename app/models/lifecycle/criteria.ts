import type { SeedCriterion } from '#models/lifecycle/seeds'

/** A mandatory criterion, shown by evidence. */
export function must(title: string, guidance: string): SeedCriterion {
  return { title, guidance, weight: 'must_meet', evidence: true }
}

/** A criterion that a good submission meets. */
export function should(title: string, guidance: string): SeedCriterion {
  return { title, guidance, weight: 'should_meet' }
}

/** Criteria that the product checks itself, the same wherever they are used. */
export const checked = {
  severeRisks: {
    title: 'Every severe risk has an owner and a response',
    guidance: 'Checked on the RAID log: each open risk scored 20 or more names both.',
    weight: 'must_meet',
    rule: 'severe_risks_answered',
  },
  criticalIssues: {
    title: 'No critical issue is overdue',
    guidance: 'Checked on the RAID log: each open issue of critical priority is within its date.',
    weight: 'must_meet',
    rule: 'critical_issues_on_time',
  },
  assumptions: {
    title: 'Critical assumptions are validated',
    guidance:
      'Checked on the RAID log: no assumption that would hurt badly if false, scored 4 or 5, still waits.',
    weight: 'should_meet',
    rule: 'critical_assumptions_validated',
  },
  dependencies: {
    title: 'Dependencies due by the gate are agreed or met',
    guidance: 'Checked on the RAID log: each dependency needed by the gate’s date is settled.',
    weight: 'should_meet',
    rule: 'dependencies_agreed',
  },
  conditions: {
    title: 'All conditions of earlier gates are closed',
    guidance: 'Checked on the project’s conditions: each is verified, or waived by the chair.',
    weight: 'should_meet',
    rule: 'conditions_closed',
  },
  tasks: {
    title: 'No task of high or critical priority is overdue',
    guidance: 'Checked on the project’s tasks.',
    weight: 'should_meet',
    rule: 'priority_tasks_on_time',
  },
} satisfies Record<string, SeedCriterion>
