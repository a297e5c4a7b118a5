import { BasePolicy } from '@adonisjs/bouncer'
import type { RoledProject, Viewer } from '#identity/viewer'

/** Rights on one criterion: project managers and the PMO assess any, its owner this one. */
export default class GateCriterionPolicy extends BasePolicy {
  assess(viewer: Viewer, criterion: { ownerId: string | null }, project: RoledProject) {
    if (viewer.can('gate.update', project)) return true
    const isOwner = criterion.ownerId === viewer.membershipId
    return isOwner && viewer.can('gate.assess.own', project)
  }

  /** Only the person chairing the gate today can agree to waive a criterion. */
  answer(viewer: Viewer, chairId: string | null, project: RoledProject) {
    return chairId === viewer.membershipId && viewer.can('gate.consent', project)
  }
}
