import { BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'
import type ImportMapping from '#models/import_mapping'

/** Rights on one saved mapping. Anyone who may import may use it. */
export default class ImportMappingPolicy extends BasePolicy {
  /** Its author, and people who manage how the organisation governs, since the author may have left. */
  change(viewer: Viewer, { createdBy }: ImportMapping) {
    return createdBy === viewer.membershipId || viewer.can('governance.manage')
  }
}
