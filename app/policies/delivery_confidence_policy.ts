import { AuthorizationResponse, BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'

/** Assurance never judges its own work, whatever its role allows; `partiality` is the reason given to the viewer. */
export default class DeliveryConfidencePolicy extends BasePolicy {
  give(_viewer: Viewer, partiality: string | null) {
    return partiality === null || AuthorizationResponse.deny(partiality, 403)
  }
}
