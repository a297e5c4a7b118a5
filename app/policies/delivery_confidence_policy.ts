import { AuthorizationResponse, BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'
import { partialities, type Partiality } from '#models/health/enumerations'

/** Assurance never judges its own work, whatever else its role allows; the refusal says why. */
export default class DeliveryConfidencePolicy extends BasePolicy {
  give(_viewer: Viewer, partiality: Partiality | null) {
    if (!partiality) return true
    return AuthorizationResponse.deny(partialities[partiality], 403)
  }
}
