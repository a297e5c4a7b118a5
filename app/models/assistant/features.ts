/** What people can ask the assistant to do. */
export const features = {
  ask: 'Question about a project',
  raid_draft: 'Entries from notes',
  risk_response: 'Response actions for a risk',
  raid_duplicates: 'Duplicates in the RAID log',
  report_draft: 'Draft of a status report',
  gate_challenge: 'Questions about a gate',
  assumption_check: 'Check of assumptions',
  change_summary: 'Summary of changes',
} as const

export type Feature = keyof typeof features
