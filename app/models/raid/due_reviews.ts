import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import type Project from '#models/project'
import { visibleProjects } from '#models/project/visibility'
import type { RaidType } from '#models/raid/enumerations'
import type { ListFilters } from '#models/raid/list_filters'
import { narrowOwner } from '#models/raid/narrowing'
import { IS_OPEN } from '#models/raid/transitions'
import { visibleItems } from '#models/raid/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** One project in which entries of a member are due for review, and which type most of them are. */
export type DueReviews = {
  project_id: string
  code: string
  name: string
  type: RaidType
  count: number
  /** In all projects. */
  total: number
}

/** The projects in which entries of the viewer's own are due for review, longest waiting first. */
export function ownDueReviews(viewer: Viewer, most: number): Promise<DueReviews[]> {
  const due = dueNow()
    .add('raid_items.owner_id = ?', viewer.membershipId)
    .meet(visibleItems(viewer))
    .meet(visibleProjects(viewer))
  return read<DueReviews>(
    Tenancy.current().trx,
    `select projects.id as project_id, projects.code, projects.name, ${COMMONEST} as type,
            count(*)::integer as count, sum(count(*)) over ()::integer as total
       from raid_items
       join projects on projects.organisation_id = raid_items.organisation_id
        and projects.id = raid_items.project_id
      where ${due.text} group by projects.id, projects.code, projects.name
      order by min(raid_items.next_review_on), projects.id limit ?`,
    [...due.values, most]
  )
}

/** How many entries of each type are due for review in a project, of one owner if given. */
export async function dueReviewsByType(
  project: Project,
  viewer: Viewer,
  { owner }: Pick<ListFilters, 'owner'>
) {
  const due = dueNow()
    .add('raid_items.project_id = ?', project.id)
    .meet(visibleItems(viewer, project))
  narrowOwner(due, { owner }, viewer)
  const rows = await read<{ type: RaidType; count: number }>(
    Tenancy.current().trx,
    `select type, count(*)::integer as count from raid_items where ${due.text} group by type`,
    due.values
  )
  const counts: Partial<Record<RaidType, number>> = {}
  for (const { type, count } of rows) counts[type] = count
  return counts
}

/** Of several types the most frequent, whose queue to begin with. */
const COMMONEST = 'mode() within group (order by raid_items.type)'

function dueNow() {
  return new Conditions()
    .add('raid_items.organisation_id = ?', Tenancy.current().organisationId)
    .add('raid_items.next_review_on <= ?', today())
    .add(IS_OPEN)
}
