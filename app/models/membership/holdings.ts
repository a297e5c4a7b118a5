import type { Viewer } from '#identity/viewer'
import { projectRolesOf } from '#models/membership/list'
import { IS_OPEN } from '#models/raid/transitions'
import { onlyVisible } from '#models/raid/visibility'
import Tenancy from '#tenancy/tenancy'

/** What hangs on one member: their roles in projects, and the open RAID entries they own. */
export async function holdingsOf(membershipId: string, viewer: Viewer) {
  const { trx, organisationId } = Tenancy.current()
  const items = trx
    .from('raid_items')
    .where('raid_items.organisation_id', organisationId)
    .where('raid_items.owner_id', membershipId)
    .whereRaw(IS_OPEN)
    .select(trx.raw('count(*)::integer as count'))
  onlyVisible(items, viewer)
  const [{ count }] = await items
  const projects = (await projectRolesOf([membershipId])).get(membershipId) ?? []
  return {
    leads: projects.filter(({ role }) => ['manager', 'sponsor'].includes(role)),
    others: projects.filter(({ role }) => !['manager', 'sponsor'].includes(role)),
    openItems: count as number,
  }
}
