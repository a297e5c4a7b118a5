import { DateTime } from 'luxon'
import type Project from '#models/project'
import { visibilities } from '#models/project/visibility'
import type { RaidFigures } from '#models/raid/home'
import { reviewQueue } from '#pages/raid/review_page'
import { day } from '#registries/formats'

/** The figures at the top of a project's home page, each linking to the list that it counts. */
export function stats(figures: RaidFigures, { id }: Project, url: string) {
  return [
    {
      label: 'Severe risks',
      value: figures.severe,
      note: `of ${figures.openRisks} open`,
      tone: figures.severe > 0 ? 'severe' : undefined,
      href: `${url}?type=risk&band=severe&state=open`,
    },
    { label: 'Open issues', value: figures.openIssues, href: `${url}?type=issue&state=open` },
    {
      label: 'Overdue',
      value: figures.overdue,
      tone: figures.overdue > 0 ? 'high' : undefined,
      note: 'entries past their date',
    },
    {
      label: 'Due for review',
      value: figures.dueReviews,
      href: reviewQueue(id, figures.reviewedType ?? 'risk'),
    },
    {
      label: 'Unvalidated assumptions',
      value: figures.openAssumptions,
      href: `${url}?type=assumption&state=open`,
    },
    {
      label: 'Open dependencies',
      value: figures.openDependencies,
      href: `${url}?type=dependency&state=open`,
    },
  ]
}

/** The project's stage and dates, beside its figures. */
export function facts(project: Project, stages: { id: string; name: string }[]) {
  const stage = stages.findIndex(({ id }) => id === project.stageId)
  const slip = slipDays(project)
  const rows: [string, string | null][] = [
    ['Stage', stage < 0 ? null : `${stage + 1} of ${stages.length}, ${stages[stage].name}`],
    ['Baseline', period(project.baselineStartOn, project.baselineEndOn)],
    ['Forecast', period(project.forecastStartOn, project.forecastEndOn)],
    ['Slip', slip === null ? null : slip === 0 ? 'None' : `${slip} days`],
    ['Visible to', visibilities[project.visibility]],
  ]
  return rows.map(([label, value]) => ({ label, value, none: 'Not set' }))
}

function period(start: string | null, end: string | null) {
  if (!start && !end) return null
  return `${start ? day(start) : 'open'} to ${end ? day(end) : 'open'}`
}

function slipDays(project: Project) {
  if (!project.baselineEndOn || !project.forecastEndOn) return null
  const baseline = DateTime.fromISO(project.baselineEndOn)
  return Math.round(DateTime.fromISO(project.forecastEndOn).diff(baseline, 'days').days)
}
