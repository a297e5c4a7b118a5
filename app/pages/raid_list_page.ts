import { validate as isUuid } from 'uuid'
import type { Viewer } from '#identity/viewer'
import Membership, { type PersonName } from '#models/membership'
import type Project from '#models/project'
import { statuses, typePlurals, types, type RaidType } from '#models/raid/enumerations'
import { RaidList, type RaidRow, type Tally } from '#models/raid/list'
import { isNarrowed, listQuery, type ListFilters, type Sort } from '#models/raid/list_filters'
import { refOf } from '#models/raid/refs'
import { score, scoring } from '#models/raid/scoring'
import { isSettled, nextStatuses } from '#models/raid/transitions'
import { today } from '#models/raid_item'
import { chips, exportsOf, headings, neighbours, summaryOf, type Column } from '#pages/list_parts'
import { mayChangeRow } from '#policies/raid_item_policy'
import * as terms from '#registries/terms'

const SPECIFIC: Record<RaidType, Column<Sort>[]> = {
  risk: [['Score', 'rating', 'desc'], ['Response']],
  assumption: [['Impact if false', 'rating', 'desc'], ['Confidence']],
  issue: [['Priority', 'rating', 'desc'], ['Kind']],
  dependency: [['Counterpart'], ['Promised']],
  decision: [['Decider'], ['Decided on']],
}

function columnsOf(type: RaidType): Column<Sort>[] {
  return [
    ['Ref', 'ref'],
    [types[type], 'title'],
    ...SPECIFIC[type],
    ['Status', 'status'],
    ['Owner'],
    [terms.itemTypes[type].due, 'due'],
  ]
}

/** Everything that a page with a RAID list shows, for one project or across all that are visible. */
export async function raidListState(viewer: Viewer, filters: ListFilters, project: Project | null) {
  const list = new RaidList(viewer, filters, project)
  const [page, { counts, ownerIds }] = await Promise.all([
    list.page(),
    project ? list.tally() : { counts: null, ownerIds: [] },
  ])
  const names = await Membership.names([...ownerIds, ...peopleIn(filters, page.rows)])
  const owners = project ? sortedNames(names, ownerIds) : await Membership.choices()
  const edited = filters.edit && page.rows.find(({ id }) => id === filters.edit)
  const members = project && edited ? await Membership.choices([edited.owner_id]) : []
  const path = project ? `/projects/${project.id}/raid` : '/raid'
  const link = (changes: Partial<ListFilters> = {}) => path + listQuery(filters, changes)
  const here = link({ after: filters.after, before: filters.before })

  return {
    type: filters.type,
    title: typePlurals[filters.type],
    caption: `${typePlurals[filters.type]}${project ? ` of ${project.code}` : ''}`,
    items: page.rows.map((row) => rowState(row, viewer, project, names)),
    base: path,
    action: path,
    clear: `${path}?type=${filters.type}`,
    exports: exportsOf(path, listQuery(filters)),
    members: members.map(({ id, name }) => ({ value: id, label: name })),
    editing: filters.edit,
    editHref: `${here}&edit=`,
    cancelHref: here,
    keep: unasked(filters),
    filters,
    applied: appliedFilters(filters, names, link),
    isFiltered: isNarrowed(filters),
    tabs: tabs(filters, counts, path),
    selects: selects(filters, owners),
    checks: checks(filters),
    columns: headings(columnsOf(filters.type), filters, link),
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

function sortedNames(names: Map<string, string>, ids: string[]): PersonName[] {
  return ids
    .map((id) => ({ id, name: names.get(id) ?? 'A former member' }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** What the filter form does not ask for and must not lose: the sort, a cell of the heat map, an import. */
function unasked(filters: ListFilters) {
  const kept = new URLSearchParams(listQuery(filters))
  for (const name of ['q', 'state', 'status', 'owner', 'band', 'category', 'overdue', 'review'])
    kept.delete(name)
  return Object.fromEntries(kept)
}

/** One row as the table shows it. */
function rowState(
  row: RaidRow,
  viewer: Viewer,
  project: Project | null,
  names: Map<string, string>
) {
  const number = (name: string) => row[name] as number | null
  const scores = scoring()
  const current = score(number('current_likelihood'), number('current_impact'))
  const mayChange = project !== null && mayChangeRow(viewer, project, row)
  return {
    id: row.id,
    base: `/projects/${row.project_id}/raid`,
    ref: refOf(row.project_code, row),
    type: row.type,
    title: row.title,
    note: noteOf(row, project),
    status: row.status,
    transitions: mayChange ? nextStatuses(row.type, row.status) : [],
    canEdit: mayChange,
    ownerId: row.owner_id,
    ownerName: row.owner_id ? names.get(row.owner_id) : row.owner_label,
    dueOn: row.due_on,
    isOverdue: row.due_on !== null && row.due_on < today() && !isSettled(row.type, row.status),
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
    direction: row.direction,
    counterpartName: row.counterpart_person_name ?? row.counterpart_name,
    promisedOn: row.promised_on,
    deciderName: row.decider_id ? names.get(row.decider_id) : row.decider_label,
    decidedOn: row.decided_on,
  }
}

function noteOf(row: RaidRow, project: Project | null) {
  const parts = [
    project ? null : row.project_name,
    row.nature === 'opportunity' ? 'Opportunity' : null,
    row.category ? terms.choices.category[row.category as string] : null,
  ]
  return parts.filter(Boolean).join(' · ') || null
}

function tabs(filters: ListFilters, counts: Tally['counts'] | null, path: string) {
  return (Object.keys(types) as RaidType[]).map((type) => ({
    label: typePlurals[type],
    href: `${path}?type=${type}`,
    count: counts ? (counts[type] ?? 0) : undefined,
    icon: type,
    current: type === filters.type,
  }))
}

function selects(filters: ListFilters, owners: PersonName[]) {
  const people = owners.map(({ id, name }) => ({ value: id, label: name }))
  return [
    {
      name: 'state',
      label: 'State',
      any: 'Open and settled',
      options: terms.options({ open: 'Open', settled: 'Settled' }),
    },
    {
      name: 'status',
      label: 'Status',
      any: 'Any status',
      options: terms.options(statuses[filters.type]),
    },
    {
      name: 'owner',
      label: 'Owner',
      any: 'Anyone',
      options: [{ value: 'me', label: 'Me' }, { value: 'none', label: 'Unassigned' }, ...people],
    },
    ...(filters.type === 'risk'
      ? [
          { name: 'band', label: 'Band', any: 'Any band', options: terms.options(terms.bands) },
          {
            name: 'category',
            label: 'Category',
            any: 'Any category',
            options: terms.categoryOptions(filters.category),
          },
        ]
      : []),
  ]
}

function checks({ type, overdue, review }: ListFilters) {
  const boxes = [{ name: 'overdue', value: '1', label: 'Overdue only', checked: overdue }]
  if (type === 'decision') return boxes
  return [
    ...boxes,
    { name: 'review', value: 'overdue', label: 'Review due', checked: Boolean(review) },
  ]
}

function appliedFilters(
  filters: ListFilters,
  names: Map<string, string>,
  link: (changes: Partial<ListFilters>) => string
) {
  const owner = () =>
    ({ me: 'me', none: 'nobody' })[filters.owner!] ?? names.get(filters.owner!) ?? 'a former member'
  const candidates: [unknown, string, Partial<ListFilters>][] = [
    [filters.q, `Search: ${filters.q}`, { q: null }],
    [filters.state, `State: ${filters.state}`, { state: null }],
    [
      filters.status,
      `Status: ${filters.status && terms.itemStatuses[filters.type][filters.status].label}`,
      { status: null },
    ],
    [filters.owner, `Owner: ${filters.owner && owner()}`, { owner: null }],
    [filters.band, `Band: ${filters.band && terms.bands[filters.band].label}`, { band: null }],
    [
      filters.category,
      `Category: ${filters.category && terms.choices.category[filters.category]}`,
      { category: null },
    ],
    [filters.likelihood, `Likelihood: ${filters.likelihood}`, { likelihood: null }],
    [filters.impact, `Impact: ${filters.impact}`, { impact: null }],
    [filters.response, 'No response chosen', { response: null }],
    [filters.review, 'Review due', { review: null }],
    [filters.overdue, 'Overdue only', { overdue: false }],
    [filters.import, 'From one import', { import: null }],
  ]
  return chips(candidates, link)
}
