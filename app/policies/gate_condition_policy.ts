import { BasePolicy } from '@adonisjs/bouncer'
import type { RoledProject, Viewer } from '#identity/viewer'

type Condition = { ownerId: string; claimedBy: string | null }
type Project = RoledProject & { managerId: string | null }

/** Rights on one condition. `isChair` is whether the viewer chairs its gate today. */
export default class GateConditionPolicy extends BasePolicy {
  claim(viewer: Viewer, condition: Condition) {
    return condition.ownerId === viewer.membershipId
  }

  /** The chair or the PMO; never the person whose claim is being verified, nor the project's manager. */
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
