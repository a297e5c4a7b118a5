import { BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'
import type PortfolioView from '#models/portfolio_view'

/** Rights on one view of the portfolio. */
export default class PortfolioViewPolicy extends BasePolicy {
  /** Its owner; of what is shared also those who manage programmes, since its owner may have left. */
  change(viewer: Viewer, { ownerId, visibility }: PortfolioView) {
    if (ownerId === viewer.membershipId) return true
    return visibility === 'organisation' && viewer.can('programme.manage')
  }
}
