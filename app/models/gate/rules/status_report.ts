import { today } from '#models/days'
import type { Place, Rule } from '#models/gate/rules/rule'
import { STALE_AFTER_DAYS } from '#models/report/enumerations'
import { latestReportOf, reportAge, type LatestReport } from '#models/report/latest'
import { reportRef } from '#models/report/refs'

/** Deciders learn the project's status from a report that is no older than a month. */
export const statusReportRecent: Rule = {
  label: `A status report is younger than ${STALE_AFTER_DAYS} days`,
  nouns: [
    `status report is missing or ${STALE_AFTER_DAYS} days old`,
    `status reports are missing or ${STALE_AFTER_DAYS} days old`,
  ],
  async check(place) {
    const latest = await latestReportOf(place.project)
    if (latest && reportAge(latest, today()) < STALE_AFTER_DAYS) {
      return { isMet: true, total: 0, hidden: 0, offenders: [] }
    }
    const found = { isMet: false, total: 1, hidden: 0 }
    if (!latest) return { ...found, offenders: [], says: 'No status report was published yet' }
    const says = `The latest status report is ${STALE_AFTER_DAYS} days old or older`
    return { ...found, offenders: [stale(place, latest)], says }
  },
  fix: ({ project, viewer }) => {
    const reports = `/projects/${project.id}/reports`
    return viewer && !viewer.can('report.write', project)
      ? { label: 'Open reports', href: reports }
      : { label: 'Start a report', href: `${reports}/create` }
  },
}

function stale({ project }: Place, { id, number, publishedOn }: LatestReport) {
  return {
    id,
    ref: reportRef(project.code, number),
    title: 'The latest status report',
    why: 'was published',
    on: publishedOn,
    href: `/projects/${project.id}/reports/${id}`,
  }
}
