import type Project from '#models/project'
import { today } from '#models/days'
import { STALE_AFTER_DAYS } from '#models/report/enumerations'
import { latestReportOf, reportAge, type LatestReport } from '#models/report/latest'
import { reportRef } from '#models/report/refs'
import { day } from '#registries/formats'

/** The latest report on a project's home page. */
export async function reportCard(project: Project) {
  const latest = await latestReportOf(project)
  const url = `/projects/${project.id}/reports`
  if (!latest) return { url, latest: null }
  return {
    url,
    latest: {
      ref: reportRef(project.code, latest.number),
      href: `${url}/${latest.id}`,
      overall: latest.overall,
      periodEnd: latest.periodEndOn,
      publishedOn: latest.publishedOn,
      ...ageOf(latest),
    },
  }
}

/** How old a report is, in words, and whether it still shows how the project is. */
export function ageOf(latest: Pick<LatestReport, 'publishedOn'>) {
  const days = reportAge(latest, today())
  return { age: ageWords(days, latest.publishedOn), isStale: days >= STALE_AFTER_DAYS }
}

function ageWords(days: number, publishedOn: string) {
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  return days < 60 ? `${days} days ago` : day(publishedOn)
}
