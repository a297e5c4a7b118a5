import { validate as isUuid } from 'uuid'
import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import Membership, { type PersonName } from '#models/membership'
import { byName } from '#models/text/names'
import type Project from '#models/project'
import { peopleChoices } from '#models/project/people'
import { typePlurals, types, type RaidType } from '#models/raid/enumerations'
import { dueReviewsByType } from '#models/raid/due_reviews'
import { RaidList, type RaidRow, type Tally } from '#models/raid/list'
import { isNarrowed, listQuery, type ListFilters, type Sort } from '#models/raid/list_filters'
import { isWholeQueue, tabs } from '#pages/raid/list_tabs'
import {
  exportsOf,
  headings,
  neighbours,
  summaryOf,
  withChosen,
  type Column,
} from '#pages/list_parts'
import {
  appliedFilters,
  checks,
  NOWHERE,
  placesFor,
  placeSelects,
  selects,
} from '#pages/raid/list_choices'
import * as terms from '#registries/terms'
import { rowState } from '#pages/raid/list_rows'

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

/** Everything on a page with a RAID list, for one project or all visible ones. */
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
  const members = project && edited ? await peopleChoices(project, [edited.owner_id]) : []
  const path = project ? `/projects/${project.id}/raid` : '/raid'
  const link = (changes: Partial<ListFilters> = {}) => path + listQuery(filters, changes)
  const here = link({ after: filters.after, before: filters.before })
  const shown = { viewer, project, names, day: today() }
  const applied = appliedFilters(filters, { names, places }, link)

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
    applied,
    isFiltered: isNarrowed(filters),
    isQueue: isWholeQueue(filters),
    wholeQueue: `${path}?type=${filters.type}&review=overdue`,
    tabs: tabs(filters, due || counts, path),
    selects: withChosen([...placeSelects(places), ...selects(filters, owners)], filters, applied),
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

/** The names of people who own anything in the project are known already. */
async function namesOf(ids: (string | null)[], known: Tally['owners'] = new Map()) {
  const others = await Membership.names(ids.filter((id) => id && !known.has(id)))
  for (const [id, name] of known) if (name) others.set(id, name)
  return others
}

function sortedNames(owners: Tally['owners']): PersonName[] {
  return byName([...owners].map(([id, name]) => ({ id, name: name ?? 'A former member' })))
}

/** How entries due for review are selected to be reviewed together; null for people who may not review any. */
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

/** What the filter form asks for. */
const ASKED =
  'q state status owner escalation nature band category priority kind flow overdue review'

/** Parts that the filter form does not show but must keep: the sort, a cell of the heat map, an import. */
function unasked(filters: ListFilters, project: Project | null) {
  const kept = new URLSearchParams(listQuery(filters))
  for (const name of ASKED.split(' ')) kept.delete(name)
  if (!project) for (const name of ['programme', 'project']) kept.delete(name)
  return Object.fromEntries(kept)
}
