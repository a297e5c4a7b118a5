import type { Viewer } from '#identity/viewer'
import Gate from '#models/gate'
import Project from '#models/project'
import { setupOf, setupSteps, type SetupStep } from '#models/organisation/setup'

type Place = { href: string; text: string }

/** How far the setup of the organisation is, and where to take each step. */
export async function setupState(viewer: Viewer) {
  const setup = await setupOf(viewer.membershipId)
  const places = await placesOf(viewer)
  const steps = Object.entries(setupSteps).map(([key, label]) => ({
    label,
    isDone: setup[key as SetupStep],
    ...places[key as SetupStep],
  }))
  const done = steps.filter(({ isDone }) => isDone).length
  return {
    steps,
    done,
    of: steps.length,
    isDismissed: setup.isDismissed,
    sample: setup.sampleId && { href: `/projects/${setup.sampleId}` },
    can: { sample: viewer.can('project.create') },
  }
}

/** The same for the start page; null once it is done or hidden, and for people it does not concern. */
export async function setupOnWork(viewer: Viewer) {
  if (!viewer.can('organisation.update')) return null
  const state = await setupState(viewer)
  return state.isDismissed || state.done === state.of ? null : state
}

async function placesOf(viewer: Viewer): Promise<Record<SetupStep, Place>> {
  const project = await Project.visibleTo(viewer)
    .where('is_sample', false)
    .orderBy('projects.id')
    .first()
  const base = project ? `/projects/${project.id}` : null
  const gate = project && (await Gate.of(project)).at(0)
  return {
    people: {
      href: '/invitations/create',
      text: 'Email your colleagues an invitation. Give each the smallest role they need.',
    },
    lifecycle: {
      href: '/settings/lifecycles',
      text: 'A lifecycle sets a project’s stages, gates and criteria. Use one of the three provided, or write your own.',
    },
    project: {
      href: '/projects/create',
      text: 'It gets its own copy of the lifecycle. Name its manager and sponsor.',
    },
    risk: {
      href: base ? `${base}/raid?type=risk` : '/projects/create',
      text: 'Record what could go wrong, how likely and how bad it is, and what you will do about it. The project’s manager or team can do this.',
    },
    board: {
      href: gate ? `${base}/gates/${gate.id}/board` : base ? `${base}/gates` : '/projects/create',
      text: 'Name a chair, and the people who vote or advise.',
    },
  }
}
