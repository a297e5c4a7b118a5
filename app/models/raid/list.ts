import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { Viewer } from '#identity/viewer'
import { validate as isUuid } from 'uuid'
import { type Cursor, cutPage, decodeCursor, type Page } from '#models/keyset'
import type Project from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import type { ListFilters, Sort } from '#models/raid/list_filters'
import { bands } from '#models/raid/scoring'
import { matchWords } from '#models/raid/search'
import { settledStatuses } from '#models/raid/transitions'
import { onlyVisible } from '#models/raid/visibility'
import Tenancy from '#tenancy/tenancy'

/** One row of a list, as the database gives it. */
export type RaidRow = {
  id: string
  project_id: string
  project_code: string
  project_name: string
  type: RaidType
  number: number
  title: string
  status: string
  owner_id: string | null
  owner_label: string | null
  owner_name: string | null
  decider_name: string | null
  due_on: string | null
  lock_version: number
  created_by: string | null
  sort_value: string | number
  [column: string]: unknown
}

/** The expressions that lists sort by, each with its index, and the type its cursor is read as. */
const SORTS: Record<Sort, [expression: string, type: string]> = {
  ref: ['raid_items.number', 'integer'],
  title: ['raid_items.title', 'text'],
  rating: ['raid_items.rating', 'smallint'],
  status: ['raid_items.status', 'text'],
  due: [`coalesce(raid_items.due_on, 'infinity'::date)`, 'date'],
  updated: ['raid_items.updated_at', 'timestamptz'],
}

const COLUMNS = [
  ...['id', 'project_id', 'type', 'number', 'title', 'status', 'owner_id', 'owner_label', 'due_on'],
  ...['lock_version', 'created_by', 'nature', 'category', 'current_likelihood', 'current_impact'],
  ...['response', 'impact_if_false', 'confidence', 'issue_kind', 'severity', 'urgency'],
  ...['priority_override', 'direction', 'counterpart_name', 'counterpart_project_id'],
  ...['promised_on', 'decider_id', 'decider_label', 'decided_on', 'updated_at'],
].map((column) => `raid_items.${column}`)

/** A list of RAID items: of one project, or of every project that the viewer may see. */
export class RaidList {
  #columns = COLUMNS
  #names = NAMES

  constructor(
    readonly viewer: Viewer,
    readonly filters: ListFilters,
    readonly project: Project | null
  ) {}

  /** One page of rows, read without models. */
  async page(): Promise<Page<RaidRow>> {
    const after = decodeCursor(this.filters.after)
    const before = after ? null : decodeCursor(this.filters.before)
    const rows = await this.#read({ after, before }, this.filters.perPage + 1)
    return cutPage(rows, this.filters.perPage, { after, before }, (row) => this.#cursorOf(row))
  }

  /** The same list with every column of its items, for exports. */
  whole() {
    this.#columns = ['raid_items.*']
    this.#names = `${NAMES}, ${nameOf('actionee')}`
    return this
  }

  /** The next rows after a cursor, for exports that walk through the whole list. */
  async batch(
    after: Cursor | null,
    size: number
  ): Promise<{ rows: RaidRow[]; next: Cursor | null }> {
    const rows = await this.#read({ after, before: null }, size)
    return { rows, next: rows.length === size ? this.#cursorOf(rows[rows.length - 1]) : null }
  }

  /** How many items of each type there are, whatever the filters. */
  async counts(): Promise<Partial<Record<RaidType, number>>> {
    const rows = await this.#visible()
      .select('raid_items.type')
      .count('* as count')
      .groupBy('raid_items.type')
    return Object.fromEntries(rows.map((row) => [row.type, Number(row.count)]))
  }

  async #read(position: { after: Cursor | null; before: Cursor | null }, limit: number) {
    const { trx } = Tenancy.current()
    const query = this.#visible()
    await this.#narrow(query)
    this.#seek(query, position)
    const [expression] = SORTS[this.filters.sort]
    const rows = await query
      .select(
        ...this.#columns,
        trx.raw(`(${expression})::text as sort_value`),
        trx.raw(this.#names)
      )
      .limit(limit)
    return rows as RaidRow[]
  }

  #visible(): DatabaseQueryBuilderContract<any> {
    const { trx, organisationId } = Tenancy.current()
    const query = trx.from('raid_items').where('raid_items.organisation_id', organisationId)
    if (this.project) query.where('raid_items.project_id', this.project.id)
    else withinVisibleProjects(query, this.viewer)
    onlyVisible(query, this.viewer, this.project ?? undefined)
    return query
  }

  async #narrow(query: DatabaseQueryBuilderContract<any>) {
    const { filters, viewer } = this
    query.where('raid_items.type', filters.type)
    if (filters.project) query.where('raid_items.project_id', filters.project)
    if (filters.import) query.where('raid_items.import_id', filters.import)
    if (filters.status) query.where('raid_items.status', filters.status)
    if (filters.state === 'open')
      query.whereNotIn('raid_items.status', settledStatuses(filters.type))
    if (filters.state === 'settled')
      query.whereIn('raid_items.status', settledStatuses(filters.type))
    if (filters.owner === 'none')
      query.whereNull('raid_items.owner_id').whereNull('raid_items.owner_label')
    else if (filters.owner) {
      query.where(
        'raid_items.owner_id',
        filters.owner === 'me' ? viewer.membershipId : filters.owner
      )
    }
    if (filters.band)
      query.whereBetween('raid_items.rating', [bands[filters.band].from, bands[filters.band].to])
    if (filters.likelihood) query.where('raid_items.current_likelihood', filters.likelihood)
    if (filters.impact) query.where('raid_items.current_impact', filters.impact)
    if (filters.response) query.whereNull('raid_items.response')
    if (filters.review) query.whereRaw('raid_items.next_review_on < current_date')
    if (filters.overdue) {
      query.whereRaw('raid_items.due_on < current_date')
      query.whereNotIn('raid_items.status', settledStatuses(filters.type))
    }
    if (filters.q) await matchWords(query, filters.q, this.project)
  }

  #seek(
    query: DatabaseQueryBuilderContract<any>,
    { after, before }: { after: Cursor | null; before: Cursor | null }
  ) {
    const [expression, type] = SORTS[this.filters.sort]
    const tie = this.#tie
    const forwards = this.filters.direction === (before ? 'desc' : 'asc')
    const cursor = after ?? before
    if (cursor && isOfType(cursor, type, tie)) {
      const tieType = tie === 'raid_items.id' ? 'uuid' : 'integer'
      query.whereRaw(
        `(${expression}, ${tie}) ${forwards ? '>' : '<'} (?::${type}, ?::${tieType})`,
        cursor as any[]
      )
    }
    const order = forwards ? 'asc' : 'desc'
    query.orderByRaw(`${expression} ${order}, ${tie} ${order}`)
  }

  /** Numbers are unique within a type and project only; across projects the id breaks ties. */
  get #tie() {
    return this.project ? 'raid_items.number' : 'raid_items.id'
  }

  #cursorOf(row: RaidRow): Cursor {
    return [row.sort_value, this.project ? row.number : row.id]
  }
}

const FORMS: Record<string, RegExp> = {
  integer: /^\d{1,9}$/,
  smallint: /^\d{1,4}$/,
  text: /^[^\u0000]*$/,
  date: /^(infinity|[12]\d{3}-\d\d-\d\d)$/,
  timestamptz:
    /^[12]\d{3}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/,
}

/** A cursor typed by hand must not become a database error. */
function isOfType([value, tie]: Cursor, type: string, tieColumn: string) {
  const text = String(value)
  const isDated = type !== 'text' && /^\d{4}-/.test(text)
  const validTie = tieColumn === 'raid_items.id' ? isUuid(tie) : FORMS.integer.test(String(tie))
  return FORMS[type].test(text) && validTie && (!isDated || isRealDay(text.slice(0, 10)))
}

/** Dates such as the 30th of February have the right form all the same. */
function isRealDay(day: string) {
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}

function withinVisibleProjects(query: DatabaseQueryBuilderContract<any>, viewer: Viewer) {
  if (viewer.seesEveryProject) return
  const me = viewer.membershipId
  query.whereIn('raid_items.project_id', (projects) =>
    projects
      .from('projects')
      .whereRaw('projects.organisation_id = (select app_organisation())')
      .where((visible) =>
        visible
          .where('visibility', 'organisation')
          .orWhere('manager_id', me)
          .orWhere('sponsor_id', me)
          .orWhereExists((member) =>
            member
              .from('project_members')
              .whereColumn('project_members.organisation_id', 'projects.organisation_id')
              .whereColumn('project_members.project_id', 'projects.id')
              .where('project_members.membership_id', me)
          )
      )
      .select('projects.id')
  )
}

/** Names are looked up by sub-query, which PostgreSQL does for the rows of the page only, and in their order. */
function nameOf(person: 'owner' | 'decider' | 'actionee') {
  return `(select users.name from memberships join users on users.id = memberships.user_id
    where memberships.organisation_id = raid_items.organisation_id
      and memberships.id = raid_items.${person}_id) as ${person}_name`
}

const NAMES = [
  nameOf('owner'),
  nameOf('decider'),
  ...['code', 'name'].map(
    (column) => `(select projects.${column} from projects
      where projects.organisation_id = raid_items.organisation_id
        and projects.id = raid_items.project_id) as project_${column}`
  ),
].join(', ')
