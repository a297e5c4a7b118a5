import { BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'
import type ImportMapping from '#models/import_mapping'

/** Rights on one kept mapping. Whoever may import may use it. */
export default class ImportMappingPolicy extends BasePolicy {
  /** Whoever kept it, and those who manage how the organisation governs, since that one may have left. */
  change(viewer: Viewer, { createdBy }: ImportMapping) {
    return createdBy === viewer.membershipId || viewer.can('governance.manage')
  }
}
