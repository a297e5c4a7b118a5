import { FORMATS } from '#exports/list'
import type { Exercise } from '#tests/support/exercises'

const LISTS = {
  projects: 'pmo',
  members: 'owner',
  raid_log: 'pmo',
  tasks_across: 'pmo',
  raid_items: 'viewer',
  tasks: 'viewer',
  gates: 'viewer',
  gate_conditions: 'viewer',
  status_reports: 'viewer',
} as const

/** Every list in every format. */
export const exportExercises = Object.fromEntries(
  Object.entries(LISTS).flatMap(([name, as]) =>
    FORMATS.map((format) => [`${name}.export.${format}`, async (): Promise<Exercise> => ({ as })])
  )
)
