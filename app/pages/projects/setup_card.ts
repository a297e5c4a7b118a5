import type { Viewer } from '#identity/viewer'
import type Gate from '#models/gate'
import type Project from '#models/project'
import { projectSteps, setupOfProject, type ProjectStep } from '#models/project/setup'

type Setup = Awaited<ReturnType<typeof setupOfProject>>

/** How far a new project is set up; null for whom it does not concern, and for projects that are no longer new. */
export async function setupOfNew(project: Project, viewer: Viewer): Promise<Setup | null> {
  const isNew = ['proposed', 'active'].includes(project.status) && !project.isSample
  if (!isNew || !viewer.can('project.update', project)) return null
  const setup = await setupOfProject(project)
  return setup.isUnderWay ? null : setup
}

/** The steps with where each is taken; null once all are done. */
export function setupCard(project: Project, setup: Setup | null, [gate]: Gate[]) {
  if (!setup) return null
  const places = placesIn(`/projects/${project.id}`, gate)
  const steps = Object.entries(projectSteps).map(([key, label]) => ({
    label,
    isDone: setup[key as ProjectStep],
    ...places[key as ProjectStep],
  }))
  const done = steps.filter(({ isDone }) => isDone).length
  return done === steps.length ? null : { steps, done, of: steps.length }
}

function placesIn(
  base: string,
  gate: Gate | undefined
): Record<ProjectStep, { href: string; text: string }> {
  return {
    people: {
      href: `${base}/members`,
      text: 'Gate deciders, team members and viewers. Who decides a gate is named among them.',
    },
    dates: {
      href: gate ? `${base}/timetable/edit` : `${base}/gates`,
      text: 'When each is promised and when it is expected. The portfolio and the calendar of gates go by them.',
    },
    board: {
      href: gate ? `${base}/gates/${gate.id}/board` : `${base}/gates`,
      text: 'Name a chair, and the people who vote or advise.',
    },
    log: {
      href: `${base}/raid`,
      text: 'Import the log that you already keep in a spreadsheet, or raise the first entry.',
    },
    health: {
      href: `${base}/health/ratings/create`,
      text: 'Green, amber or red, with the reason. The first status report begins with it.',
    },
  }
}
