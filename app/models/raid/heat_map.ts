import { itemsWithin, type ChartScope } from '#models/charts/scope'
import { IS_OPEN } from '#models/raid/transitions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type HeatMapCell = { likelihood: number; impact: number; count: number }

/** How many open risks are in each cell of the 5x5 matrix, by their current score. */
export function heatMapCells(scope: ChartScope): Promise<HeatMapCell[]> {
  const conditions = itemsWithin(scope)
    .add(`raid_items.type = 'risk'`)
    .add('raid_items.current_likelihood is not null and raid_items.current_impact is not null')
    .add(IS_OPEN)
  return read<HeatMapCell>(
    Tenancy.current().trx,
    `select current_likelihood as likelihood, current_impact as impact, count(*)::integer as count
       from raid_items where ${conditions.text} group by 1, 2`,
    conditions.values
  )
}
