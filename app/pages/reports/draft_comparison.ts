import type Project from '#models/project'
import { partsOf } from '#models/report/parts'
import { reportFields, valuesOf, type ReportValues } from '#models/report/values'
import type StatusReport from '#models/status_report'
import type { Comparison } from '#pages/comparison'

/** A draft that two people edited. */
export async function draftComparison(
  project: Project,
  present: StatusReport,
  mine: ReportValues
): Promise<Comparison> {
  const { ref } = present.refersTo(project)
  const list = `/projects/${project.id}/reports`
  const page = `${list}/${present.id}`
  return {
    label: ref,
    eyebrow: ref,
    type: 'status_report',
    action: page,
    back: `${page}/edit`,
    crumbs: [
      { href: list, label: 'Reports' },
      { href: page, label: ref },
    ],
    current: 'project.reports',
    fields: reportFields,
    present,
    mine,
    theirs: valuesOf(present, await partsOf(present)),
  }
}
