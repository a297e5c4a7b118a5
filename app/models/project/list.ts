import type { Viewer } from '#identity/viewer'
import { readPage, type Page, type Position } from '#models/lists/keyset'
import { inDictionary } from '#models/text/names'
import Project from '#models/project'
import { projectStatuses, type ProjectStatus } from '#models/project/states'
import { QueryString } from '#models/lists/query_string'
import { cursorsOf, seek, type SortKey } from '#models/lists/seek'
import { holdingPart } from '#models/lists/text_search'
import { Conditions } from '#tenancy/conditions'
import { readBuilt } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { overview } from '#models/project/overview'

export type ProjectFilters = {
  q: string | null
  status: ProjectStatus | null
  sort: 'code' | 'name'
  direction: 'asc' | 'desc'
  after: string | null
  before: string | null
}

export type ProjectRow = {
  id: string
  code: string
  name: string
  status: ProjectStatus
  is_sample: boolean
  stage_name: string | null
  stage_number: number | null
  stage_count: number
  manager_id: string | null
  manager_name: string | null
  baseline_end_on: string | null
  forecast_end_on: string | null
  /** A condition of one of its approvals was not met in time. */
  is_lapsed: boolean
  /** The day on which its latest report was first published, and that report's id. */
  reported_on: string | null
  report_id: string | null
  /** The day from which a project without a report has been silent. */
  created_on: string
  open: Record<'risk' | 'assumption' | 'issue' | 'dependency' | 'severe', number>
}

const PER_PAGE = 50
const SORTS: Record<ProjectFilters['sort'], SortKey> = {
  code: ['projects.code', 'text'],
  name: [inDictionary('projects.name'), 'text'],
}
const TIE = { column: 'projects.code', type: 'text' } as const

const COLUMNS = [
  'id',
  'code',
  'name',
  'description',
  'status',
  'visibility',
  'manager_id',
  'sponsor_id',
  'stage_id',
  'baseline_start_on',
  'baseline_end_on',
  'forecast_start_on',
  'forecast_end_on',
  'created_at',
  'updated_at',
  'lock_version',
  'is_sample',
].map((column) => `projects.${column}`)

/** Reads the filters of a query string, ignoring unknown ones. */
export function readProjectFilters(query: Record<string, unknown>): ProjectFilters {
  const given = new QueryString(query)
  return {
    q: given.search,
    status: given.keyOf('status', projectStatuses),
    sort: given.oneOf('sort', ['name']) ?? 'code',
    direction: given.oneOf('direction', ['desc']) ?? 'asc',
    ...given.place,
  }
}

/** One page of the visible projects, each with what is open in it. */
export function listProjects(viewer: Viewer, filters: ProjectFilters): Promise<Page<ProjectRow>> {
  return readPage(
    { ...filters, perPage: PER_PAGE, decode: cursorsOf(SORTS[filters.sort], TIE) },
    (...part) => readRows(viewer, filters, ...part),
    (row) => [row[filters.sort], row.code]
  )
}

function readRows(viewer: Viewer, filters: ProjectFilters, position: Position, limit: number) {
  const conditions = new Conditions()
  const { sort, direction } = filters
  const order = seek(conditions, SORTS[sort], TIE, direction, position)
  const query = Project.visibleTo(viewer).clearSelect().select(COLUMNS)
  if (filters.status) query.where('projects.status', filters.status)
  if (filters.q) query.whereRaw(...holdingPart(filters.q, 'projects.name', 'projects.code'))
  if (conditions.text) query.whereRaw(conditions.text, conditions.values as string[])
  query.orderByRaw(order).limit(limit)
  for (const column of overview(viewer)) query.select(column)
  return readBuilt<ProjectRow>(Tenancy.current().trx, query)
}
