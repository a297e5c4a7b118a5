import type { RoledProject, Viewer } from '#identity/viewer'
import { refOf } from '#models/raid/refs'
import { visibleItems } from '#models/raid/visibility'
import type { RaidType } from '#models/raid/enumerations'
import type { TaskRow } from '#models/task/list_row'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Answering = Pick<TaskRow, 'id' | 'project_code' | 'raid_item_id'>

/**
 * The refs of the RAID entries that tasks respond to, by the tasks' ids, as far as the viewer may see those entries.
 */
export async function sourceRefs(
  rows: Answering[],
  viewer: Viewer,
  project?: RoledProject
): Promise<Map<string, string>> {
  const answering = rows.filter(({ raid_item_id: source }) => source)
  if (answering.length === 0) return new Map()
  const [visible, values] = visibleItems(viewer, project)
  const { trx, organisationId } = Tenancy.current()
  const items = await read<{ id: string; type: RaidType; number: number }>(
    trx,
    `select id, type, number from raid_items where organisation_id = ? and id = any(?) and ${visible}`,
    [organisationId, answering.map(({ raid_item_id: source }) => source), ...values]
  )
  const known = new Map(items.map((item) => [item.id, item]))
  return new Map(
    answering.flatMap((row) => {
      const item = known.get(row.raid_item_id!)
      return item ? [[row.id, refOf(row.project_code, item)] as const] : []
    })
  )
}
