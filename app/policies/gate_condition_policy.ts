import { BasePolicy } from '@adonisjs/bouncer'
import type { RoledProject, Viewer } from '#identity/viewer'

type Condition = { ownerId: string; claimedBy: string | null }
type Project = RoledProject & { managerId: string | null }

/** Rights on one condition. `isChair` tells whether the viewer chairs its gate today. */
export default class GateConditionPolicy extends BasePolicy {
  claim(viewer: Viewer, condition: Condition) {
    return condition.ownerId === viewer.membershipId
  }

  /** Chair or PMO; never the one whose word it is that is tested, nor the project's manager. */
  verify(viewer: Viewer, condition: Condition, project: Project, isChair: boolean) {
    const me = viewer.membershipId
    if (me === condition.ownerId || me === condition.claimedBy || me === project.managerId) {
      return false
    }
    return isChair || viewer.can('gate.condition.verify.any', project)
  }

  waive(viewer: Viewer, project: Project, isChair: boolean) {
    return isChair && viewer.membershipId !== project.managerId
  }

  handOver(viewer: Viewer, project: Project, isChair: boolean) {
    return isChair || viewer.can('gate.condition.verify.any', project)
  }
}
