import type { Viewer } from '#identity/viewer'
import { latestChange } from '#models/latest_change'
import type Project from '#models/project'
import { partsOf } from '#models/report/parts'
import { reportFields, valuesOf, type ReportValues } from '#models/report/values'
import type StatusReport from '#models/status_report'
import { twoVersions } from '#pages/two_versions'

/** What the page of two versions of one draft shows. */
export async function conflictState(
  project: Project,
  present: StatusReport,
  mine: ReportValues,
  base: unknown,
  viewer: Viewer
) {
  const theirs = valuesOf(present, await partsOf(present))
  const change = await latestChange('status_report', present.id)
  return {
    report: { id: present.id, ref: present.refersTo(project).ref, version: present.lockVersion },
    changedBy: change.actorName,
    changedAt: change.occurredAt,
    ...(await twoVersions(reportFields, { theirs, mine, base }, viewer)),
  }
}
