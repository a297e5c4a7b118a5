import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import { settledStatuses } from '#models/raid/transitions'
import { onlyVisible } from '#models/raid/visibility'
import { readBuilt } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type HeatMapCell = { likelihood: number; impact: number; count: number }

/** How many open risks of the project stand in each cell of the 5x5 matrix, by their current score. */
export async function heatMapCells(project: Project, viewer: Viewer): Promise<HeatMapCell[]> {
  const { trx, organisationId } = Tenancy.current()
  const query = trx
    .from('raid_items')
    .where('raid_items.organisation_id', organisationId)
    .where('raid_items.project_id', project.id)
    .where('raid_items.type', 'risk')
    .whereNotIn('raid_items.status', settledStatuses('risk'))
    .whereNotNull('raid_items.current_likelihood')
    .whereNotNull('raid_items.current_impact')
    .select('raid_items.current_likelihood as likelihood', 'raid_items.current_impact as impact')
    .select(trx.raw('count(*)::integer as count'))
    .groupBy('raid_items.current_likelihood', 'raid_items.current_impact')
  onlyVisible(query, viewer, project)
  return readBuilt(trx, query)
}
