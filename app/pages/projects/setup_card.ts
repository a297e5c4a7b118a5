import type { Viewer } from '#identity/viewer'
import type Gate from '#models/gate'
import type Project from '#models/project'
import { projectSteps, setupOfProject, type ProjectStep } from '#models/project/setup'

type Setup = Awaited<ReturnType<typeof setupOfProject>>

/**
 * How far the setup of a new project is; null for people it does not concern, and for projects that are no longer new.
 */
export async function setupOfNew(project: Project, viewer: Viewer): Promise<Setup | null> {
  const isNew = ['proposed', 'active'].includes(project.status) && !project.isSample
  if (!isNew || !viewer.can('project.update', project)) return null
  const setup = await setupOfProject(project)
  return setup.isUnderWay ? null : setup
}

/** The steps with where to take each; null once all are done. */
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
      text: 'Add gate deciders, team members and viewers. You choose who decides each gate from the gate deciders.',
    },
    dates: {
      href: gate ? `${base}/timetable/edit` : `${base}/gates`,
      text: 'Set a baseline and a forecast for each gate. The portfolio and the gate calendar use these dates.',
    },
    board: {
      href: gate ? `${base}/gates/${gate.id}/board` : `${base}/gates`,
      text: 'Name a chair, and the people who vote or advise.',
    },
    log: {
      href: `${base}/raid`,
      text: 'Import the log you already keep in a spreadsheet, or add the first entry.',
    },
    health: {
      href: `${base}/health/ratings/create`,
      text: 'Choose green, amber or red with a reason. The first status report starts with these.',
    },
  }
}
