import type { Viewer } from '#identity/viewer'
import { daysBetween, today } from '#models/days'
import { isAtWork } from '#models/project/states'
import { cadences } from '#models/report/enumerations'
import { isSilent } from '#models/report/silence'
import { DUE_WITHIN_DAYS } from '#models/report/overview/facts'
import type { OverviewRow } from '#models/report/overview/list'
import { reportRef } from '#models/report/refs'
import { ageOf } from '#pages/reports/report_card'
import { trendOf } from '#pages/reports/rating_view'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** The reporting status of one project in the list of all, and where its reader can continue. */
export function overviewRowState(row: OverviewRow, viewer: Viewer) {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    managerName: row.manager_name,
    programme: row.programme_code,
    next: nextOf(row),
    draft: draftOf(row, viewer),
    latest: latestOf(row),
    isSilent: isSilent({ status: row.status, since: row.published_on ?? row.created_on }, today()),
  }
}

type Next = {
  on: string | null
  rhythm: string | null
  standing: string
  label: string
  icon: string
  tone: string
  isLate: boolean
}

/** What is due next, in a word independent of its colour, and when; `standing` is the same without dates. */
export function nextOf(row: OverviewRow): Next {
  const on = row.next_due_on
  const rhythm = row.cadence && cadences[row.cadence]
  if (!isAtWork(row.status)) {
    const { label, icon = '', tone = 'quiet' } = terms.projectStatuses[row.status]
    const standing = 'No report needed'
    return { on: null, rhythm: standing, standing, label, icon, tone, isLate: false }
  }
  if (!on) return { on, rhythm, ...look('No schedule', 'clock', 'quiet'), isLate: false }
  const days = daysBetween(today(), on)
  return { on, rhythm, ...lookOf(days, row.is_published), isLate: days < 0 }
}

function lookOf(days: number, isPublished: boolean) {
  if (days < 0) return look('Late', 'alert', 'bad', `${inDays(-days)} late`)
  if (days === 0) return look('Due', 'clock', 'warn', 'Due today')
  if (days <= DUE_WITHIN_DAYS) return look('Due', 'clock', 'warn', `Due in ${inDays(days)}`)
  return isPublished ? look('Published', 'check', 'good') : look('Not due yet', 'clock', 'quiet')
}

function look(standing: string, icon: string, tone: string, label = standing) {
  return { standing, icon, tone, label }
}

function inDays(days: number) {
  return days === 1 ? '1 day' : `${days} days`
}

/** The draft, for people who may know of it; otherwise where to begin a report. */
function draftOf(row: OverviewRow, viewer: Viewer) {
  const project = { viewerRoles: row.roles }
  const page = `/projects/${row.id}/reports`
  const mayWrite = viewer.can('report.write', project)
  if (!viewer.can('report.read.drafts', project)) return null
  if (!row.draft_id) {
    const isAskedFor = isAtWork(row.status)
    return {
      act: mayWrite && isAskedFor ? { label: 'Start report', href: `${page}/create` } : null,
    }
  }
  const isSubmitted = row.draft_state === 'submitted'
  const goesOn = mayWrite && !isSubmitted
  return {
    ref: reportRef(row.code, row.draft_number!),
    words: draftWords(row),
    ...(row.is_returned ? RETURNED : looks(terms.reportStates[row.draft_state!])),
    by: row.author_name ?? 'A former member',
    on: row.draft_on!,
    act: {
      label: goesOn ? 'Continue writing' : readOf(isSubmitted, viewer, project),
      href: `${page}/${row.draft_id}${goesOn ? '/edit' : ''}`,
    },
  }
}

const RETURNED = { icon: 'arrow', tone: 'warn' }

function looks({ icon, tone }: terms.Term) {
  return { icon, tone }
}

function draftWords({
  draft_state: state,
  draft_version: version,
  is_returned: back,
}: OverviewRow) {
  const what = version! > 1 ? 'Correction' : 'Draft'
  if (state === 'submitted') return version! > 1 ? 'Correction waiting' : 'Waiting to be published'
  return back ? `${what} sent back` : what
}

function readOf(
  isSubmitted: boolean,
  viewer: Viewer,
  project: { viewerRoles: OverviewRow['roles'] }
) {
  const publishes = isSubmitted && viewer.can('report.publish.any', project)
  return publishes ? 'Review and publish' : 'Read it'
}

function latestOf(row: OverviewRow) {
  if (!row.latest_id) return null
  const publishedOn = row.published_on!
  return {
    ref: reportRef(row.code, row.number!),
    href: `/projects/${row.id}/reports/${row.latest_id}`,
    rating: row.rating!,
    trend: trendOf(row.rating_before, row.rating!),
    publishedOn,
    ...ageOf({ publishedOn }),
    by: row.publisher_name ?? 'A former member',
    periodStart: row.period_start_on!,
    periodEnd: row.period_end_on!,
    corrected: row.version! > 1 ? `Corrected on ${day(row.version_on)}` : null,
  }
}
