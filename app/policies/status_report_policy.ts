import { BasePolicy } from '@adonisjs/bouncer'
import type { RoledProject, Viewer } from '#identity/viewer'

/** Rights on one report in addition to the abilities of a role. */
export default class StatusReportPolicy extends BasePolicy {
  /** The sponsor and the PMO; the project's manager if the organisation lets managers publish. */
  publish(
    viewer: Viewer,
    project: RoledProject,
    { managerPublishes }: { managerPublishes: boolean }
  ) {
    if (viewer.can('report.publish.any', project)) return true
    return managerPublishes && viewer.can('report.publish', project)
  }
}
