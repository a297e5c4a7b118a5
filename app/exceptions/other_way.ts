import type { HttpContext } from '@adonisjs/core/http'
import type { Viewer } from '#identity/viewer'

type OtherWay = { may: (viewer: Viewer) => boolean; why: string; label: string; href: string }

const ASKING: OtherWay = {
  may: (viewer) => viewer.can('project.request'),
  why: 'Only the PMO, owners and admins can create projects. You can ask them for one.',
  label: 'Request a project',
  href: '/project-requests/create',
}

/** By the names of routes: how whoever may not do it comes to it all the same. */
const OTHER_WAYS: Record<string, OtherWay> = {
  'projects.create': ASKING,
  'projects.store': ASKING,
}

/** Another way to what was refused, for whoever may go it; null where there is none. */
export function otherWay({ route, viewer }: HttpContext) {
  const way = OTHER_WAYS[route?.name ?? '']
  return way && viewer && way.may(viewer) ? way : null
}
