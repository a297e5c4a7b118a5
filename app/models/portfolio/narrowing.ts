import type { Viewer } from '#identity/viewer'
import type { PortfolioFilters } from '#models/portfolio/filters'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjectIds } from '#models/project/visibility'
import { holdingPart } from '#models/lists/text_search'
import { Conditions } from '#tenancy/conditions'
import Tenancy from '#tenancy/tenancy'

/** What filters the projects of the portfolio by their own columns. */
export type ProjectNarrowing = Pick<PortfolioFilters, 'q' | 'programme' | 'manager' | 'status'>

/** True of the rows of `projects` that the viewer may see and that match; samples never do. */
export function fittingProjects(viewer: Viewer, narrowing: ProjectNarrowing) {
  const { q, programme, manager, status } = narrowing
  const conditions = new Conditions().add(
    'projects.organisation_id = ? and not projects.is_sample',
    Tenancy.current().organisationId
  )
  const visible = visibleProjectIds(viewer)
  if (visible) conditions.add(`projects.id in (${visible[0]})`, ...visible[1])
  if (status === null) conditions.add(IS_NOT_OVER)
  else if (status !== 'all') conditions.add('projects.status = ?', status)
  conditions.meet(q ? holdingPart(q, 'projects.name', 'projects.code') : null)
  if (programme === 'none') conditions.add('projects.programme_id is null')
  else if (programme) conditions.add('projects.programme_id = ?', programme)
  if (manager) {
    conditions.add('projects.manager_id = ?', manager === 'me' ? viewer.membershipId : manager)
  }
  return conditions
}
