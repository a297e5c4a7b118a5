export const taskPriorities = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
} as const

export type TaskPriority = keyof typeof taskPriorities

/** What a task responds to. */
export const taskSources = {
  raid_item: 'A RAID entry',
  gate_condition: 'A gate’s condition',
  report: 'A report',
  none: 'None of these',
} as const

export type TaskSource = keyof typeof taskSources
