import type { Viewer } from '#identity/viewer'
import { visibleProjectIds } from '#models/project/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** How many projects of each programme the viewer may see, by its id; programmes without one are absent. */
export async function programmeSizes(viewer: Viewer): Promise<Map<string, number>> {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('projects.organisation_id = ?', organisationId)
    .add('projects.programme_id is not null')
  const visible = visibleProjectIds(viewer)
  if (visible) conditions.add(`projects.id in (${visible[0]})`, ...visible[1])
  const rows = await read<{ id: string; count: number }>(
    trx,
    `select programme_id as id, count(*)::integer as count from projects
      where ${conditions.text} group by programme_id`,
    conditions.values
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}
