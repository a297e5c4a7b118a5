import { FORMATS } from '#exports/list'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import { builtArchive } from '#tests/support/transfers'

const LISTS = {
  projects: 'pmo',
  project_requests: 'manager',
  portfolio: 'pmo',
  members: 'owner',
  raid_log: 'pmo',
  tasks_across: 'pmo',
  escalations: 'pmo',
  gate_calendar: 'pmo',
  report_overview: 'pmo',
  raid_items: 'viewer',
  tasks: 'viewer',
  gates: 'viewer',
  gate_conditions: 'viewer',
  status_reports: 'viewer',
} as const

/** Every list in every format, and whole projects. */
export const exportExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  ...Object.fromEntries(
    Object.entries(LISTS).flatMap(([name, as]) =>
      FORMATS.map((format) => [`${name}.export.${format}`, async (): Promise<Exercise> => ({ as })])
    )
  ),
  'project_archives.show': async () => ({ as: 'pmo' }),
  'project_imports.store': async ({ project, world }) => {
    const file = await builtArchive(await world.person('pmo'), project)
    return {
      as: 'pmo',
      body: { file, code: `Z${Date.now().toString(36).slice(-7).toUpperCase()}` },
    }
  },
}
