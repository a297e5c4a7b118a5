import { BasePolicy } from '@adonisjs/bouncer'
import type { RoledProject, Viewer } from '#identity/viewer'
import type { Ability } from '#policies/permissions'

export default class ProjectPolicy extends BasePolicy {
  /** The ability that a route declares, in the organisation or in the project it names. */
  use(viewer: Viewer, ability: Ability, project?: RoledProject) {
    return viewer.can(ability, project)
  }
}
