import { BasePolicy } from '@adonisjs/bouncer'
import type { RoledProject, Viewer } from '#identity/viewer'

type Owned = { ownerId: string | null; createdBy: string | null; side?: 'home' | 'counterpart' }

/** Rights on one item: project managers and the PMO change any, team members what they own or raised. */
export default class RaidItemPolicy extends BasePolicy {
  update(viewer: Viewer, item: Owned, project: RoledProject) {
    if (viewer.can('raid.update', project)) return true
    // From the other project, only people who speak for it.
    if (item.side === 'counterpart') return false
    return viewer.can('raid.update.own', project) && isOwn(viewer, item)
  }

  /** Accepting a risk above appetite is the sponsor's decision. */
  accept(viewer: Viewer, project: RoledProject) {
    return viewer.can('raid.accept', project)
  }
}

/** The same right for a plain row of a list. */
export function mayChangeRow(
  viewer: Viewer,
  project: RoledProject,
  row: { owner_id: string | null; created_by: string | null }
) {
  return new RaidItemPolicy().update(
    viewer,
    { ownerId: row.owner_id, createdBy: row.created_by },
    project
  )
}

function isOwn(viewer: Viewer, item: Owned) {
  return item.ownerId === viewer.membershipId || item.createdBy === viewer.membershipId
}
