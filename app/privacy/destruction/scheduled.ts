import { isErasureDue } from '#models/organisation/standing'
import { eraseOrganisation, wasErased } from '#privacy/destruction/organisation'
import Tenancy from '#tenancy/tenancy'

/**
 * Erases an organisation whose day has come, in the name of the staff member who scheduled it; one that was cancelled
 * or postponed is left alone. Finishes what an earlier attempt left over.
 */
export async function eraseWhenDue(organisationId: string, by: string) {
  const isDue = await Tenancy.system(organisationId, () => isErasureDue())
  if (!isDue && !(await wasErased(organisationId))) return
  await eraseOrganisation(organisationId, { actorKind: 'staff', actor: by })
}
