import { inWords } from '#models/days'
import { typedRef } from '#models/text/refs'
import { reportRef } from '#models/report/refs'
import type { Kind } from '#models/search/kind'
import { carryingRef } from '#models/lists/text_search'
import type { Condition } from '#tenancy/conditions'

/** Published status reports, each in its current version. */
export const reports: Kind = {
  name: 'reports',
  label: 'Status reports',
  table: 'status_reports',
  columns: ['id', 'project_id', 'number', 'period_end_on'].map(
    (column) => `status_reports.${column}`
  ),
  from: `status_reports join projects on projects.organisation_id = status_reports.organisation_id
    and projects.id = status_reports.project_id`,
  text: `concat_ws(' ', status_reports.summary, status_reports.achieved, status_reports.planned,
    status_reports.budget)`,
  matches: 'report_matches',
  alike: null,
  latest: 'status_reports.published_at',
  visible: () => [STANDS, []],
  named: reportNamed,
  hit: (row) => ({
    ref: reportRef(row.project_code!, row.number as number),
    title: `Report to ${inWords(row.period_end_on as string)}`,
    href: `/projects/${row.project_id}/reports/${row.id}`,
    standing: 'Status report',
  }),
}

/** True of current reports: published, and not corrected since. */
export const STANDS = `status_reports.state = 'published' and not exists (select from status_reports later
  where later.organisation_id = status_reports.organisation_id
    and later.project_id = status_reports.project_id and later.number = status_reports.number
    and later.state = 'published' and later.version > status_reports.version)`

/** What SR4 or ATLAS-SR4 names. */
function reportNamed(text: string): Condition | null {
  const ref = typedRef(text, ['SR'])
  return ref && carryingRef('status_reports', ref)
}
