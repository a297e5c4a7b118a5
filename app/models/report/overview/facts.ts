import type { Viewer } from '#identity/viewer'
import { addDays, today } from '#models/days'
import { IS_AT_WORK } from '#models/project/states'
import { projectsAllowing } from '#models/project/visibility'
import { STALE_AFTER_DAYS } from '#models/report/enumerations'
import type { ReportStanding } from '#models/report/overview/filters'
import { silentSince } from '#models/report/silence'
import type { Condition } from '#tenancy/conditions'
import Tenancy from '#tenancy/tenancy'

/** What is looked up for each project, once for a filter, an order or a column: a join beside `projects`. */
export type ReportFact = 'schedule' | 'latest' | 'draft'

/** How many days ahead a report counts as due. */
export const DUE_WITHIN_DAYS = 7

/** SQL that joins facts under their own names, and its values. Each reads an index of its project only. */
export function joinFacts(facts: Iterable<ReportFact>, viewer: Viewer): Condition {
  const found = [...new Set(facts)].map((fact) => joins[fact](viewer))
  return [found.map(([text]) => text).join('\n'), found.flatMap(([, values]) => values)]
}

const joins: Record<ReportFact, (viewer: Viewer) => Condition> = {
  schedule: () => [SCHEDULE, []],
  latest: () => [LATEST, [Tenancy.organisationsZone, Tenancy.organisationsZone]],
  draft: (viewer) => {
    const readable = projectsAllowing(viewer, 'report.read.drafts')
    return [`${DRAFT} ${readable ? `and ${readable[0]}` : ''}`, readable?.[1] ?? []]
  },
}

/** `begins_on` is the previous due day: the period that the next report closes begins there. */
const SCHEDULE = `left join lateral (
  select s.id, s.cadence, s.first_due_on, s.next_due_on,
    case s.cadence when 'weekly' then s.next_due_on - 7 when 'fortnightly' then s.next_due_on - 14
      else (s.first_due_on + make_interval(months => (
        (extract(year from s.next_due_on) - extract(year from s.first_due_on)) * 12
        + extract(month from s.next_due_on) - extract(month from s.first_due_on) - 1)::integer))::date
    end as begins_on
  from report_schedules s
  where s.organisation_id = projects.organisation_id and s.project_id = projects.id) schedule on true`

/** The current version, and when the first was published: a correction is no news. */
const LATEST = `left join lateral (
  select standing.id, standing.number, standing.version, standing.period_start_on,
    standing.period_end_on, (standing.published_at at time zone ?)::date as version_on,
    (first.published_at at time zone ?)::date as on, first.published_by, overall.rating
  from (select r.organisation_id, r.id, r.number, r.version, r.period_start_on, r.period_end_on,
      r.published_at
    from status_reports r
    where r.organisation_id = projects.organisation_id and r.project_id = projects.id
      and r.state = 'published'
    order by r.number desc, r.version desc limit 1) standing
  join status_reports first on first.organisation_id = standing.organisation_id
    and first.project_id = projects.id and first.number = standing.number and first.version = 1
  join status_report_ratings overall on overall.organisation_id = standing.organisation_id
    and overall.report_id = standing.id and overall.dimension = 'overall') latest on true`

const DRAFT = `left join status_reports draft on draft.organisation_id = projects.organisation_id
  and draft.project_id = projects.id and draft.state <> 'published'`

/** The facts that each status needs. */
export const factsOfStanding: Record<ReportStanding, ReportFact[]> = {
  late: ['schedule'],
  due: ['schedule'],
  draft: ['draft'],
  submitted: ['draft'],
  published: ['schedule', 'latest'],
  silent: ['latest'],
  unscheduled: ['schedule'],
}

/** True of the projects with this reporting status. */
export function standsSo(standing: ReportStanding): Condition {
  return conditions[standing](today())
}

const conditions: Record<ReportStanding, (today: string) => Condition> = {
  late: (day) => [`(${IS_AT_WORK} and schedule.next_due_on < ?::date)`, [day]],
  due: (day) => [
    `(${IS_AT_WORK} and schedule.next_due_on between ?::date and ?::date)`,
    [day, addDays(day, DUE_WITHIN_DAYS)],
  ],
  draft: () => [`draft.state = 'draft'`, []],
  submitted: () => [`draft.state = 'submitted'`, []],
  published: (day) => [PUBLISHED, [addDays(day, -STALE_AFTER_DAYS), day]],
  silent: (day) => silentSince('latest.on', Tenancy.organisationsZone, day),
  unscheduled: () => [`(${IS_AT_WORK} and schedule.id is null)`, []],
}

/** Since the previous due day, or early for one that is still to come; recently when nothing is due. */
const PUBLISHED = `(${IS_AT_WORK} and latest.id is not null and (
  latest.on >= coalesce(schedule.begins_on, ?::date + 1)
  or (schedule.begins_on >= ?::date and schedule.begins_on >= schedule.first_due_on)))`
