import type { Viewer } from '#identity/viewer'
import { distinct } from '#models/ids'
import { visibleProjectIds } from '#models/project/visibility'
import type { Side } from '#models/raid/enumerations'
import type { RaidRow } from '#models/raid/list'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** How a project is called for people who may not know it. */
export const ANOTHER = 'another project'

export type ProjectName = { id: string; code: string; name: string }

/** The codes and names of those among some projects that the viewer may see, in one query. */
export async function namesOfProjects(
  ids: (string | null)[],
  viewer: Viewer
): Promise<Map<string, ProjectName>> {
  const wanted = distinct(ids)
  if (wanted.length === 0) return new Map()
  const { trx, organisationId } = Tenancy.current()
  const visible = visibleProjectIds(viewer)
  const rows = await read<ProjectName>(
    trx,
    `select id, code, name from projects where organisation_id = ? and id = any(?)
      ${visible ? `and id in (${visible[0]})` : ''}`,
    [organisationId, wanted, ...(visible ? visible[1] : [])]
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * For dependencies in a list, sets the side from which they are viewed, and the other project's name for this viewer.
 * Without a project it is the home side wherever that is visible.
 */
export async function placeRows(rows: RaidRow[], viewer: Viewer, project: { id: string } | null) {
  const names = await namesOfProjects(
    rows.flatMap((row) => [row.project_id, row.counterpart_project_id as string | null]),
    viewer
  )
  for (const row of rows) {
    const home = names.get(row.project_id)
    const isHome = project ? row.project_id === project.id : home !== undefined
    const side: Side = isHome ? 'home' : 'counterpart'
    const counterpart = row.counterpart_project_id as string | null
    Object.assign(row, {
      side,
      project_code: home?.code ?? null,
      project_name: home?.name ?? ANOTHER,
      programme_code: home ? row.programme_code : null,
      counterpart_project: counterpart && labelOf(names.get(counterpart)),
    })
  }
}

/** A project by code and name; one that the viewer may not see has neither. */
export function labelOf(project: Pick<ProjectName, 'code' | 'name'> | undefined) {
  return project ? `${project.code} ${project.name}` : ANOTHER
}
