import type { HttpContext } from '@adonisjs/core/http'
import type { Viewer } from '#identity/viewer'

type OtherWay = { may: (viewer: Viewer) => boolean; why: string; label: string; href: string }

const ASKING: OtherWay = {
  may: (viewer) => viewer.can('project.request'),
  why: 'Only the PMO, owners and admins can create projects. You can ask them for one.',
  label: 'Request a project',
  href: '/project-requests/create',
}

/** By route name: how someone who may not do this can still get it done. */
const OTHER_WAYS: Record<string, OtherWay> = {
  'projects.create': ASKING,
  'projects.store': ASKING,
}

/** Another way to do what was refused, for someone who may take it; null if there is none. */
export function otherWay({ route, viewer }: HttpContext) {
  const way = OTHER_WAYS[route?.name ?? '']
  return way && viewer && way.may(viewer) ? way : null
}
