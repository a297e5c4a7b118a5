/** What people can ask the assistant to do. */
export const features = {
  ask: 'Question about a project',
  raid_draft: 'Entries from notes',
  risk_response: 'Response actions for a risk',
  raid_duplicates: 'Duplicates in the RAID log',
} as const

export type Feature = keyof typeof features
