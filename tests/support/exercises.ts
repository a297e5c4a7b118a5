import type { Role } from '#policies/permissions'
import { apiExercises } from '#tests/support/exercises/api'
import { assistantExercises } from '#tests/support/exercises/assistant'
import { assistantKindExercises } from '#tests/support/exercises/assistant_kinds'
import { auditExercises } from '#tests/support/exercises/audit'
import { calendarExercises } from '#tests/support/exercises/calendar'
import { decidingExercises } from '#tests/support/exercises/deciding'
import { dependencyExercises } from '#tests/support/exercises/dependencies'
import { escalationExercises } from '#tests/support/exercises/escalations'
import { exportExercises } from '#tests/support/exercises/exports'
import { externalExercises, taskLinkExercises } from '#tests/support/exercises/externals'
import { gateExercises } from '#tests/support/exercises/gates'
import { healthExercises } from '#tests/support/exercises/health'
import { importExercises } from '#tests/support/exercises/imports'
import { lifecycleExercises } from '#tests/support/exercises/lifecycles'
import { notificationExercises } from '#tests/support/exercises/notifications'
import { peopleExercises } from '#tests/support/exercises/people'
import { portfolioExercises } from '#tests/support/exercises/portfolio'
import { projectExercises } from '#tests/support/exercises/projects'
import { raidExercises } from '#tests/support/exercises/raid'
import { reportExercises } from '#tests/support/exercises/reports'
import { roundExercises } from '#tests/support/exercises/rounds'
import { settingsExercises } from '#tests/support/exercises/settings'
import { setupExercises } from '#tests/support/exercises/setup'
import { taskExercises } from '#tests/support/exercises/tasks'
import type { Scene } from '#tests/support/scene'
import type { Person } from '#tests/support/world'

/** One request that succeeds. */
export type Exercise = {
  /** A role, or a new person when the request changes what they may do. */
  as: Role | Person
  params?: Record<string, string>
  body?: Record<string, unknown>
}

/** The person who makes the request. */
export function performer({ world }: Scene, { as }: Exercise): Promise<Person> {
  return typeof as === 'string' ? world.person(as) : Promise.resolve(as)
}

/** How to make each audited route of a member succeed once. Each call prepares its own rows. */
export const exercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  ...apiExercises,
  ...assistantExercises,
  ...assistantKindExercises,
  ...auditExercises,
  ...calendarExercises,
  ...decidingExercises,
  ...dependencyExercises,
  ...escalationExercises,
  ...exportExercises,
  ...externalExercises,
  ...gateExercises,
  ...healthExercises,
  ...importExercises,
  ...lifecycleExercises,
  ...notificationExercises,
  ...peopleExercises,
  ...portfolioExercises,
  ...projectExercises,
  ...raidExercises,
  ...reportExercises,
  ...roundExercises,
  ...settingsExercises,
  ...setupExercises,
  ...taskExercises,
  ...taskLinkExercises,
}
