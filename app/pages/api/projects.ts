import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import { projectStatuses } from '#models/project/states'
import { visibilities } from '#models/project/visibility'
import { listProjects, readProjectFilters } from '#models/project/list'
import { filtersOf, listAnswer } from '#pages/api/paging'
import * as a from '#pages/api/shape'
import { represent, type Shape } from '#pages/api/shape'

/** The writable fields of a project. */
const writable: Shape = {
  ...a.text('code'),
  ...a.text('name'),
  ...a.textOrNull('description'),
  ...a.oneOf('status', projectStatuses),
  ...a.oneOf('visibility', visibilities),
  ...a.idOrNull('manager_id'),
  ...a.idOrNull('sponsor_id'),
  ...a.idOrNull('stage_id'),
  ...a.dayOrNull('baseline_start_on'),
  ...a.dayOrNull('baseline_end_on'),
  ...a.dayOrNull('forecast_start_on'),
  ...a.dayOrNull('forecast_end_on'),
}

/** A project in the API. */
export const projectShape: Shape = {
  ...a.id('id'),
  ...writable,
  ...a.momentOf('created_at'),
  ...a.momentOf('updated_at'),
  ...a.whole('lock_version'),
}

/** A project in the API. */
export function tellProject(record: Project) {
  return represent(projectShape, record)
}

/** The writable fields of a project, as the form sends them: a partial change is merged into them. */
export function writableProject(record: Project) {
  return represent(writable, record)
}

/** One page of the visible projects. */
export async function projects(viewer: Viewer, query: Record<string, unknown>) {
  const page = await listProjects(viewer, readProjectFilters(filtersOf(query)))
  return listAnswer(() => projectShape, page)
}
