import type { Viewer } from '#identity/viewer'
import { IS_NOT_OVER } from '#models/project/states'
import type Project from '#models/project'
import { inVisibleProjects, visibleProjectIds } from '#models/project/visibility'
import { visibleItems } from '#models/raid/visibility'
import { Conditions } from '#tenancy/conditions'
import Tenancy from '#tenancy/tenancy'

/** What a chart covers: one project, all that the viewer may see, or those in a programme. */
export type ChartScope = { viewer: Viewer; project?: Project; programmeId?: string | null }

/** The RAID entries of a scope that the viewer may see. */
export function itemsWithin({ viewer, project, programmeId }: ChartScope) {
  const conditions = new Conditions().add(
    'raid_items.organisation_id = ?',
    Tenancy.current().organisationId
  )
  if (project) conditions.add('raid_items.project_id = ?', project.id)
  else {
    conditions.add(OF_NO_SAMPLE, Tenancy.current().organisationId)
    conditions.meet(inVisibleProjects(viewer, 'raid_items'))
    if (programmeId) conditions.add(OF_PROGRAMME, Tenancy.current().organisationId, programmeId)
  }
  return conditions.meet(visibleItems(viewer, project))
}

/** Samples count in their own charts only. */
const OF_NO_SAMPLE = `raid_items.project_id not in (select p.id from projects p
  where p.organisation_id = ? and p.is_sample)`

const OF_PROGRAMME = `raid_items.project_id in (select p.id from projects p
  where p.organisation_id = ? and p.programme_id = ?)`

/** The active projects of a scope: neither closed nor cancelled. */
export function projectsWithin({ viewer, programmeId }: ChartScope) {
  const conditions = new Conditions()
    .add('projects.organisation_id = ?', Tenancy.current().organisationId)
    .add(`${IS_NOT_OVER} and not projects.is_sample`)
  const visible = visibleProjectIds(viewer)
  if (visible) conditions.add(`projects.id in (${visible[0]})`, ...visible[1])
  if (programmeId) conditions.add('projects.programme_id = ?', programmeId)
  return conditions
}
