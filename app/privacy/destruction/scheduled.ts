import { isErasureDue } from '#models/organisation/standing'
import { eraseOrganisation, wasErased } from '#privacy/destruction/organisation'
import Tenancy from '#tenancy/tenancy'

/**
 * Erases an organisation whose day has come, in the name of the member of staff who set it; one that was called
 * off or put off is left alone. What an earlier attempt left over is finished.
 */
export async function eraseWhenDue(organisationId: string, by: string) {
  const isDue = await Tenancy.system(organisationId, () => isErasureDue())
  if (!isDue && !(await wasErased(organisationId))) return
  await eraseOrganisation(organisationId, { actorKind: 'staff', actor: by })
}
