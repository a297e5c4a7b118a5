import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import type Project from '#models/project'
import { inVisibleProjects, visibleProjectIds } from '#models/project/visibility'
import type { RaidType } from '#models/raid/enumerations'
import type { ListFilters } from '#models/raid/list_filters'
import { ratingsOf, scoring } from '#models/raid/scoring'
import { matchWords } from '#models/raid/search'
import { settledStatuses } from '#models/raid/transitions'
import type { Condition, Conditions } from '#tenancy/conditions'

/** The context of a list: who reads it, and whose log it is; null for one across projects. */
type Scope = { viewer: Viewer; project: Project | null }

/** Narrows `raid_items` to what matches the filters of a list. */
export async function narrow(conditions: Conditions, filters: ListFilters, scope: Scope) {
  conditions.add('raid_items.type = ?', filters.type)
  narrowPlace(conditions, filters, scope.viewer)
  narrowState(conditions, filters)
  narrowOwner(conditions, filters, scope.viewer)
  narrowRisk(conditions, filters)
  narrowIssue(conditions, filters)
  if (filters.flow) narrowFlow(conditions, filters.flow, scope)
  narrowDates(conditions, filters)
  if (filters.review && filters.type === 'dependency' && scope.project) {
    // Projects that share one review it in their own log.
    conditions.add('raid_items.project_id = ?', scope.project.id)
  }
  if (filters.q) await matchWords(conditions, filters.q, scope)
}

type Looking = { type: RaidType; viewer: Viewer }

/** A dependency is in a programme when either of its projects is. */
export function narrowToProgramme(conditions: Conditions, programme: string, looking: Looking) {
  const projects = `select projects.id from projects
    where projects.organisation_id = (select app_organisation()) and projects.programme_id = ?`
  narrowToProjects(conditions, [projects, [programme]], looking)
}

function narrowToProjects(conditions: Conditions, among: Condition, { type, viewer }: Looking) {
  const [ids, values] = type === 'dependency' ? knownAmong(among, viewer) : among
  const isHome = `raid_items.project_id in (${ids})`
  if (type !== 'dependency') return conditions.add(isHome, ...values)
  const isCounterpart = `raid_items.counterpart_project_id in (${ids})`
  return conditions.add(`(${isHome} or ${isCounterpart})`, ...values, ...values)
}

/** No one finds out by trying which project is on the other side. */
function knownAmong([ids, values]: Condition, viewer: Viewer): Condition {
  const known = visibleProjectIds(viewer)
  return known
    ? [`${known[0]} and projects.id in (${ids})`, [...known[1], ...values]]
    : [ids, values]
}

function narrowPlace(conditions: Conditions, filters: ListFilters, viewer: Viewer) {
  const { type, project, programme } = filters
  const looking = { type, viewer }
  if (project) narrowToProjects(conditions, ['?::uuid', [project]], looking)
  if (programme) narrowToProgramme(conditions, programme, looking)
  if (filters.escalation) conditions.add('raid_items.escalation = ?', filters.escalation)
  if (filters.import) conditions.add('raid_items.import_id = ?', filters.import)
}

function narrowState(conditions: Conditions, { type, status, state }: ListFilters) {
  if (status) conditions.add('raid_items.status = ?', status)
  if (state === 'settled') conditions.add('raid_items.status = any(?)', settledStatuses(type))
  if (state === 'open') narrowToOpen(conditions, type)
}

function narrowToOpen(conditions: Conditions, type: RaidType) {
  conditions.add('raid_items.status <> all(?)', settledStatuses(type))
}

/** Limits to what one member is responsible for, what no one is, or everything. */
export function narrowOwner(
  conditions: Conditions,
  { owner }: Pick<ListFilters, 'owner'>,
  viewer: Viewer
) {
  if (owner === 'none') {
    conditions.add('raid_items.owner_id is null and raid_items.owner_label is null')
  } else if (owner) {
    conditions.add('raid_items.owner_id = ?', owner === 'me' ? viewer.membershipId : owner)
  }
}

function narrowRisk(conditions: Conditions, filters: ListFilters) {
  if (filters.nature) conditions.add('raid_items.nature = ?', filters.nature)
  if (filters.band) {
    const { from, to } = scoring().bands[filters.band]
    conditions.add('raid_items.rating between ? and ?', from, to)
  }
  if (filters.category) conditions.add('raid_items.category = ?', filters.category)
  if (filters.likelihood) conditions.add('raid_items.current_likelihood = ?', filters.likelihood)
  if (filters.impact) conditions.add('raid_items.current_impact = ?', filters.impact)
  if (filters.response) conditions.add('raid_items.response is null')
}

function narrowIssue(conditions: Conditions, { priority, kind }: ListFilters) {
  if (priority) conditions.add('raid_items.rating between ? and ?', ...ratingsOf(priority))
  if (kind) conditions.add('raid_items.issue_kind = ?', kind)
}

/** The direction as the list shows it: reversed where a dependency is seen from its other side. */
function narrowFlow(conditions: Conditions, flow: string, { viewer, project }: Scope) {
  const home: Condition | null = project
    ? ['raid_items.project_id = ?', [project.id]]
    : inVisibleProjects(viewer, 'raid_items')
  if (!home) return conditions.add('raid_items.direction = ?', flow)
  const [isHome, values] = home
  return conditions.add(`(raid_items.direction = ?) = (${isHome})`, flow, ...values)
}

function narrowDates(conditions: Conditions, filters: ListFilters) {
  const { type, review, overdue, since } = filters
  if (review) conditions.add('raid_items.next_review_on <= ?', today())
  if (overdue) conditions.add('raid_items.due_on < ?', today())
  if (since) conditions.add('raid_items.updated_at >= ?', since)
  if (review || overdue) narrowToOpen(conditions, type)
}
