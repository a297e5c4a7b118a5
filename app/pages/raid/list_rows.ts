import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import type { DependencyAnswer } from '#models/raid/enumerations'
import type { RaidRow } from '#models/raid/list'
import { movesOf } from '#models/raid/moves'
import { ANOTHER, labelOf } from '#models/raid/other_projects'
import { refOf } from '#models/raid/refs'
import { score, scoring } from '#models/raid/scoring'
import { isSettled } from '#models/raid/transitions'
import { directionFrom } from '#models/raid/agreement'
import { mayChangeRow } from '#policies/raid_item_policy'
import * as terms from '#registries/terms'

type Shown = {
  viewer: Viewer
  project: Project | null
  names: Map<string, string>
  /** Today, computed once for all rows. */
  day: string
}

/** One row as the table shows it. */
export function rowState(row: RaidRow, { viewer, project, names, day }: Shown) {
  const number = (name: string) => row[name] as number | null
  const scores = scoring()
  const current = score(number('current_likelihood'), number('current_impact'))
  const isElsewhere = row.side === 'counterpart'
  const mayChange = project !== null && !isElsewhere && mayChangeRow(viewer, project, row)
  const place = isElsewhere ? row.counterpart_project_id : row.project_id
  return {
    id: row.id,
    base: `/projects/${place}/raid`,
    ref: refOf(row.project_code, row),
    type: row.type,
    title: row.title,
    note: noteOf(row, project),
    status: row.status,
    transitions: mayChange ? movesOf(movingIn(row)) : [],
    canEdit: mayChange,
    ownerId: row.owner_id,
    ownerName: row.owner_id ? names.get(row.owner_id) : row.owner_label,
    dueOn: row.due_on,
    nextReviewOn: row.next_review_on,
    isReviewLate: isPast(row, row.next_review_on as string | null, day),
    number: row.number,
    isOverdue: isPast(row, row.due_on, day),
    lockVersion: row.lock_version,
    score: current,
    band: scores.bandOf(current),
    nature: row.nature,
    response: row.response,
    impactIfFalse: row.impact_if_false,
    confidence: row.confidence,
    priority:
      row.priority_override ?? scores.derivedPriority(number('severity'), number('urgency')),
    issueKind: row.issue_kind,
    direction: directionFrom(row.side ?? 'home', row.direction as string | null),
    counterpartName: counterpartOf(row),
    promisedOn: row.promised_on,
    deciderName: row.decider_id ? names.get(row.decider_id) : row.decider_label,
    decidedOn: row.decided_on,
  }
}

/** True for a date that has passed while the entry still waits for what was due. */
function isPast({ type, status }: RaidRow, day: string | null, now: string) {
  return day !== null && day < now && !isSettled(type, status)
}

function movingIn(row: RaidRow) {
  return {
    type: row.type,
    status: row.status,
    counterpartProjectId: row.counterpart_project_id as string | null,
    homeAnswer: row.home_answer as DependencyAnswer | null,
    counterpartAnswer: row.counterpart_answer as DependencyAnswer | null,
  }
}

/** The other side of a dependency, as the viewing side names it. */
function counterpartOf(row: RaidRow) {
  if (row.side === 'counterpart') return labelOf(homeOf(row))
  const { counterpart_name: named, counterpart_project: project } = row
  return row.counterpart_person_name ?? (project === ANOTHER && named ? named : (project ?? named))
}

function homeOf({ project_code: code, project_name: name }: RaidRow) {
  return code ? { code, name } : undefined
}

/** Who has yet to agree, if anyone. */
function answersAwaited({ side, awaited_side: awaited }: RaidRow) {
  if (!awaited) return null
  return awaited === side ? 'Waiting for this project' : 'Waiting for the other project'
}

function noteOf(row: RaidRow, project: Project | null) {
  const parts = [
    project ? null : row.project_name,
    row.side === 'counterpart' && project ? `Shared by ${labelOf(homeOf(row))}` : null,
    project ? answersAwaited(row) : null,
    row.nature === 'opportunity' ? 'Opportunity' : null,
    row.category ? terms.choices.category[row.category as string] : null,
  ]
  return parts.filter(Boolean).join(' · ') || null
}
