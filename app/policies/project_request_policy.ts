import { BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'

/** Rights on one request for a project. People who may create projects answer any. */
export default class ProjectRequestPolicy extends BasePolicy {
  withdraw(viewer: Viewer, { requestedBy }: { requestedBy: string | null }) {
    return requestedBy === viewer.membershipId
  }
}
