import type { Viewer } from '#identity/viewer'
import { datesThatCount } from '#models/gate/slip'
import Membership from '#models/membership'
import type { ReportContent } from '#models/report/content'
import type { Milestone, ReportedChange, TopItem } from '#models/report/record/content'
import { shownChanges } from '#models/report/record/changes'
import { shown } from '#models/report/record/moves'
import { isLate, slipText } from '#pages/gates/words'
import { moveLine } from '#pages/reports/move_lines'
import { proseOf } from '#pages/prose'
import { ratingView } from '#pages/reports/rating_view'
import * as terms from '#registries/terms'

const FORMER = 'A former member'

/** A report as its readers see it, from its content alone: what the records say today does not matter. */
export async function reportView(content: ReportContent, viewer: Viewer) {
  const names = await Membership.names(peopleIn(content))
  const nameOf = (id: string | null) => (id ? (names.get(id) ?? FORMER) : null)
  const base = `/projects/${content.project.id}`
  const [overall, ...ratings] = content.ratings.map(ratingView)
  const { record, summary, achieved, planned, budget } = content
  const [moves, furtherMoves] = shown(record.moves)
  const [changes, furtherChanges] = shownChanges(record)
  const prose = await proseOf([summary, achieved, planned, budget], viewer)
  return {
    ...content.report,
    project: {
      ...content.project,
      manager: nameOf(content.project.manager_id),
      sponsor: nameOf(content.project.sponsor_id),
    },
    periodStart: content.period_start_on,
    periodEnd: content.period_end_on,
    correctionReason: content.correction_reason,
    author: nameOf(content.author_id),
    publishedBy: nameOf(content.published_by),
    publishedAt: content.published_at,
    overall,
    ratings,
    explained: [overall, ...ratings].filter(
      ({ reason, pathToGreen, differenceReason }) => reason || pathToGreen || differenceReason
    ),
    summaryHtml: prose(summary),
    achievedHtml: prose(achieved),
    plannedHtml: prose(planned),
    budgetHtml: prose(budget),
    decisions: content.decisions.map((row, index) => ({
      place: index + 1,
      what: row.what,
      owner: nameOf(row.owner_id),
      dueOn: row.due_on,
    })),
    milestones: record.milestones.map((row) => milestoneView(row, base)),
    top: record.top.map((row) => topView(row, base, nameOf)),
    moves: moves.map((move) => moveLine(move, base)),
    furtherMoves: furtherMoves.map((move) => moveLine(move, base)),
    movesLeft: record.moves_left,
    conditions: record.conditions.map(({ id, due_on: dueOn, is_overdue: isOverdue, ...row }) => ({
      ...row,
      dueOn,
      isOverdue,
      href: `${base}/conditions/${id}`,
    })),
    changes: changes.map((row) => changeView(row, base)),
    furtherChanges: furtherChanges.map((row) => changeView(row, base)),
    changesLeft: record.changes_left ?? 0,
    figures: figuresOf(content),
  }
}

export type ReportView = Awaited<ReturnType<typeof reportView>>

function peopleIn({ project, record, decisions, ...content }: ReportContent) {
  return [
    project.manager_id,
    project.sponsor_id,
    content.author_id,
    content.published_by,
    ...decisions.map((row) => row.owner_id),
    ...record.top.map((row) => row.owner_id),
  ]
}

function milestoneView(row: Milestone, base: string) {
  const { baseline_on: baselineOn, forecast_on: forecastOn, actual_on: actualOn } = row
  const dates = datesThatCount({ baselineOn, forecastOn, actualOn }, row.outcome)
  return {
    ref: row.ref,
    name: row.name,
    href: row.ref ? `${base}/gates/${row.id}` : null,
    ...dates,
    slip: slipText(dates),
    isLate: isLate(dates),
    outcome: row.outcome && terms.outcomes[row.outcome],
  }
}

function topView(row: TopItem, base: string, nameOf: (id: string | null) => string | null) {
  const levels = row.type === 'risk' ? terms.bands : terms.priorities
  return {
    ref: row.ref,
    title: row.title,
    href: `${base}/raid/${row.id}`,
    type: terms.itemTypes[row.type].label,
    level: row.level && levels[row.level],
    rating: row.rating,
    note: [
      row.nature === 'opportunity' && terms.choices.nature.opportunity.toLowerCase(),
      nameOf(row.owner_id) ??
        (row.is_owned_outside ? 'owner outside the organisation' : 'no owner'),
    ]
      .filter(Boolean)
      .join(', '),
    dueOn: row.due_on,
  }
}

function changeView(row: ReportedChange, base: string) {
  const status = terms.itemStatuses.issue[row.status].label.toLowerCase()
  return {
    ref: row.ref,
    title: row.title,
    href: `${base}/raid/${row.id}`,
    note: [terms.choices.issueKind[row.kind], status, row.is_new && 'new']
      .filter(Boolean)
      .join(', '),
    level: row.level && terms.priorities[row.level],
  }
}

/** Open and overdue items, in one line. */
function figuresOf({ record: { open, overdue } }: ReportContent) {
  const counted: [number, string, string][] = [
    [open.risks, 'open risk', 'open risks'],
    [open.severe, 'severe', 'severe'],
    [open.issues, 'open issue', 'open issues'],
    [open.assumptions, 'open assumption', 'open assumptions'],
    [open.dependencies, 'open dependency', 'open dependencies'],
    [overdue.entries, 'entry overdue', 'entries overdue'],
    [overdue.tasks, 'task overdue', 'tasks overdue'],
  ]
  return counted.map(([count, one, many]) => `${count} ${count === 1 ? one : many}`).join(' · ')
}
