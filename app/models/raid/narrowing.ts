import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import type Project from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import type { ListFilters } from '#models/raid/list_filters'
import { scoring } from '#models/raid/scoring'
import { matchWords } from '#models/raid/search'
import { settledStatuses } from '#models/raid/transitions'
import type { Conditions } from '#tenancy/conditions'

/** What a list belongs to: who reads it, and whose log it is; null for one across projects. */
type Scope = { viewer: Viewer; project: Project | null }

/** Narrows what is read of `raid_items` to what the filters of a list leave. */
export async function narrow(conditions: Conditions, filters: ListFilters, scope: Scope) {
  conditions.add('raid_items.type = ?', filters.type)
  narrowPlace(conditions, filters)
  narrowState(conditions, filters)
  narrowOwner(conditions, filters, scope.viewer)
  narrowScore(conditions, filters)
  narrowDates(conditions, filters)
  if (filters.q) await matchWords(conditions, filters.q, scope.project)
}

/** A dependency is in a programme when either of its projects is. */
export function narrowToProgramme(conditions: Conditions, type: RaidType, programme: string) {
  const projects = `select projects.id from projects
    where projects.organisation_id = (select app_organisation()) and projects.programme_id = ?`
  narrowToProjects(conditions, type, projects, programme)
}

function narrowToProjects(conditions: Conditions, type: RaidType, ids: string, value: string) {
  const isHome = `raid_items.project_id in (${ids})`
  if (type !== 'dependency') return conditions.add(isHome, value)
  const isCounterpart = `raid_items.counterpart_project_id in (${ids})`
  return conditions.add(`(${isHome} or ${isCounterpart})`, value, value)
}

function narrowPlace(conditions: Conditions, filters: ListFilters) {
  const { type, project, programme } = filters
  if (project) narrowToProjects(conditions, type, '?::uuid', project)
  if (programme) narrowToProgramme(conditions, type, programme)
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

function narrowOwner(conditions: Conditions, { owner }: ListFilters, viewer: Viewer) {
  if (owner === 'none') {
    conditions.add('raid_items.owner_id is null and raid_items.owner_label is null')
  } else if (owner) {
    conditions.add('raid_items.owner_id = ?', owner === 'me' ? viewer.membershipId : owner)
  }
}

function narrowScore(conditions: Conditions, filters: ListFilters) {
  if (filters.band) {
    const { from, to } = scoring().bands[filters.band]
    conditions.add('raid_items.rating between ? and ?', from, to)
  }
  if (filters.category) conditions.add('raid_items.category = ?', filters.category)
  if (filters.likelihood) conditions.add('raid_items.current_likelihood = ?', filters.likelihood)
  if (filters.impact) conditions.add('raid_items.current_impact = ?', filters.impact)
  if (filters.response) conditions.add('raid_items.response is null')
}

function narrowDates(conditions: Conditions, { type, review, overdue }: ListFilters) {
  if (review) conditions.add('raid_items.next_review_on <= ?', today())
  if (overdue) conditions.add('raid_items.due_on < ?', today())
  if (review || overdue) narrowToOpen(conditions, type)
}
