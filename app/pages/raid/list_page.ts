import { validate as isUuid } from 'uuid'
import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import Membership, { type PersonName } from '#models/membership'
import type Project from '#models/project'
import { typePlurals, types, type DependencyAnswer, type RaidType } from '#models/raid/enumerations'
import { dueReviewsByType } from '#models/raid/due_reviews'
import { RaidList, type RaidRow, type Tally } from '#models/raid/list'
import { isNarrowed, listQuery, type ListFilters, type Sort } from '#models/raid/list_filters'
import { movesOf } from '#models/raid/moves'
import { ANOTHER, labelOf } from '#models/raid/other_projects'
import { refOf } from '#models/raid/refs'
import { score, scoring } from '#models/raid/scoring'
import { isSettled } from '#models/raid/transitions'
import { directionFrom } from '#models/raid/agreement'
import { isWholeQueue, tabs } from '#pages/raid/list_tabs'
import { exportsOf, headings, neighbours, summaryOf, type Column } from '#pages/list_parts'
import {
  appliedFilters,
  checks,
  NOWHERE,
  placesFor,
  placeSelects,
  selects,
} from '#pages/raid/list_choices'
import { mayChangeRow } from '#policies/raid_item_policy'
import * as terms from '#registries/terms'

const SPECIFIC: Record<RaidType, Column<Sort>[]> = {
  risk: [['Score', 'rating', 'desc'], ['Response']],
  assumption: [['Impact if false', 'rating', 'desc'], ['Confidence']],
  issue: [['Priority', 'rating', 'desc'], ['Kind']],
  dependency: [['Counterpart'], ['Promised']],
  decision: [['Decider'], ['Decided on']],
}

function columnsOf({ type, review }: ListFilters): Column<Sort>[] {
  return [
    ['Ref', 'ref'],
    [types[type], 'title'],
    ...SPECIFIC[type],
    ['Status', 'status'],
    ['Owner'],
    ...(review ? [['Next review', 'review'] satisfies Column<Sort>] : []),
    [terms.itemTypes[type].due, 'due'],
  ]
}

/** Everything that a page with a RAID list shows, for one project or across all that are visible. */
export async function raidListState(viewer: Viewer, filters: ListFilters, project: Project | null) {
  const list = new RaidList(viewer, filters, project)
  const [page, tally, due] = await Promise.all([
    list.page(),
    project && list.tally(),
    project && filters.review && dueReviewsByType(project, viewer, filters),
  ])
  const counts = tally?.counts ?? null
  const [names, owners, places] = await Promise.all([
    namesOf(peopleIn(filters, page.rows), tally?.owners),
    tally ? sortedNames(tally.owners) : Membership.choices(),
    project ? NOWHERE : placesFor(viewer),
  ])
  const edited = filters.edit && page.rows.find(({ id }) => id === filters.edit)
  const members = project && edited ? await Membership.choices([edited.owner_id]) : []
  const path = project ? `/projects/${project.id}/raid` : '/raid'
  const link = (changes: Partial<ListFilters> = {}) => path + listQuery(filters, changes)
  const here = link({ after: filters.after, before: filters.before })
  const shown = { viewer, project, names, day: today() }

  return {
    type: filters.type,
    title: typePlurals[filters.type],
    caption: `${typePlurals[filters.type]}${project ? ` of ${project.code}` : ''}`,
    items: page.rows.map((row) => rowState(row, shown)),
    base: path,
    action: path,
    clear: `${path}?type=${filters.type}`,
    exports: exportsOf(path, listQuery(filters, { from: null })),
    members: members.map(({ id, name }) => ({ value: id, label: name })),
    editing: filters.edit,
    editHref: `${here}&edit=`,
    cancelHref: here,
    keep: unasked(filters, project),
    filters,
    applied: appliedFilters(filters, { names, places }, link),
    isFiltered: isNarrowed(filters),
    isQueue: isWholeQueue(filters),
    wholeQueue: `${path}?type=${filters.type}&review=overdue`,
    tabs: tabs(filters, due || counts, path),
    selects: [...placeSelects(places), ...selects(filters, owners)],
    checks: checks(filters),
    columns: headings(columnsOf(filters), filters, link),
    pick: pickState(viewer, project, filters, here),
    summary: summaryOf(
      page.rows.length,
      counts && (counts[filters.type] ?? 0),
      isNarrowed(filters)
    ),
    ...neighbours(page, link),
  }
}

function peopleIn({ owner }: ListFilters, rows: RaidRow[]) {
  const shown = rows.flatMap((row) => [row.owner_id, row.decider_id])
  return isUuid(owner) ? [...shown, owner] : shown
}

/** Whoever owns anything in the project is known by name already. */
async function namesOf(ids: (string | null)[], known: Tally['owners'] = new Map()) {
  const others = await Membership.names(ids.filter((id) => id && !known.has(id)))
  for (const [id, name] of known) if (name) others.set(id, name)
  return others
}

function sortedNames(owners: Tally['owners']): PersonName[] {
  return [...owners]
    .map(([id, name]) => ({ id, name: name ?? 'A former member' }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** How entries whose review is due are chosen to be reviewed together; null for those who may review none. */
function pickState(
  viewer: Viewer,
  project: Project | null,
  { review, picked }: ListFilters,
  here: string
) {
  if (!review || !project || !viewer.can('raid.update.own', project)) return null
  return {
    action: `/projects/${project.id}/raid/reviews/create`,
    isAll: picked,
    href: picked ? here : `${here}&select=page`,
  }
}

/** What the filter form does not ask for and must not lose: the sort, a cell of the heat map, an import. */
function unasked(filters: ListFilters, project: Project | null) {
  const kept = new URLSearchParams(listQuery(filters))
  for (const name of ['q', 'state', 'status', 'owner', 'band', 'category', 'overdue', 'review'])
    kept.delete(name)
  kept.delete('escalation')
  if (!project) for (const name of ['programme', 'project']) kept.delete(name)
  return Object.fromEntries(kept)
}

type Shown = {
  viewer: Viewer
  project: Project | null
  names: Map<string, string>
  /** The present one, told once for all rows. */
  day: string
}

/** One row as the table shows it. */
function rowState(row: RaidRow, { viewer, project, names, day }: Shown) {
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
    number: row.number,
    isOverdue: row.due_on !== null && row.due_on < day && !isSettled(row.type, row.status),
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

function movingIn(row: RaidRow) {
  return {
    type: row.type,
    status: row.status,
    counterpartProjectId: row.counterpart_project_id as string | null,
    homeAnswer: row.home_answer as DependencyAnswer | null,
    counterpartAnswer: row.counterpart_answer as DependencyAnswer | null,
  }
}

/** The other side of a dependency, as the one that looks at it calls it. */
function counterpartOf(row: RaidRow) {
  if (row.side === 'counterpart') return labelOf(homeOf(row))
  const { counterpart_name: named, counterpart_project: project } = row
  return row.counterpart_person_name ?? (project === ANOTHER && named ? named : (project ?? named))
}

function homeOf({ project_code: code, project_name: name }: RaidRow) {
  return code ? { code, name } : undefined
}

/** Who has yet to agree, where somebody has. */
function answersAwaited({ side, awaited_side: awaited }: RaidRow) {
  if (!awaited) return null
  return awaited === side ? 'Waits for this project' : 'Waits for the other project'
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
