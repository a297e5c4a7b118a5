import { BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'
import type SavedView from '#models/saved_view'

/** Rights on one saved view of a list. */
export default class SavedViewPolicy extends BasePolicy {
  /** Its owner; for shared ones also people who manage programmes, since the owner may have left. */
  change(viewer: Viewer, { ownerId, visibility }: SavedView) {
    if (ownerId === viewer.membershipId) return true
    return visibility === 'organisation' && viewer.can('programme.manage')
  }
}
