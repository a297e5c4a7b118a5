import type { Viewer } from '#identity/viewer'
import { readBatch, readPage, type Cursor, type Position } from '#models/lists/keyset'
import { inDictionary } from '#models/text/names'
import type Project from '#models/project'
import { programmeOf, projectOf } from '#models/project/looked_up'
import { inVisibleProjects } from '#models/project/visibility'
import type { RaidType, Side } from '#models/raid/enumerations'
import { readFilters, type ListFilters, type Sort } from '#models/raid/list_filters'
import { narrow } from '#models/raid/narrowing'
import { placeRows } from '#models/raid/other_projects'
import { inLogOf, onVisibleSide, sharedWith, visibleItems } from '#models/raid/visibility'
import { cursorsOf, readSorted, seek, type SortKey } from '#models/lists/seek'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import RaidItem from '#models/raid_item'
import { PEOPLE, COLUMNS, OF_TYPE, COUNTERPART } from '#models/raid/list_columns'

/** One row of a list, as the database gives it. */
export type RaidRow = {
  id: string
  project_id: string
  /** Null where the viewer may not know the project. */
  project_code: string | null
  project_name: string
  type: RaidType
  number: number
  title: string
  status: string
  owner_id: string | null
  owner_label: string | null
  decider_id: string | null
  decider_label: string | null
  due_on: string | null
  lock_version: number
  created_by: string | null
  /** For dependencies: the project from which it is viewed. */
  side?: Side
  sort_value: string | number
  [column: string]: unknown
}

/** The contents of a project's log: items by type, and the names of their owners, if they have one. */
export type Tally = {
  counts: Partial<Record<RaidType, number>>
  owners: Map<string, string | null>
}

type TallyRow = { type: RaidType; owner_id: string | null; count: number; name: string | null }

/** The expressions that lists sort by, each with an index, and the type that its cursor is read as. */
const SORTS: Record<Sort, SortKey> = {
  ref: ['raid_items.number', 'integer'],
  title: [inDictionary('raid_items.title'), 'text'],
  rating: ['raid_items.rating', 'smallint'],
  status: ['raid_items.status', 'text'],
  due: [`coalesce(raid_items.due_on, 'infinity'::date)`, 'date', 'blanks_last'],
  updated: ['raid_items.updated_at', 'timestamptz'],
  review: ['raid_items.next_review_on', 'date'],
}

/** A list of RAID items: of one project, or of every project that the viewer may see. */
export class RaidList {
  #columns: string[] | null = null

  constructor(
    readonly viewer: Viewer,
    readonly filters: ListFilters,
    readonly project: Project | null
  ) {}

  /** The items of a project with these numbers, with everything that exports contain. */
  static async numbered(viewer: Viewer, project: Project, type: RaidType, numbers: number[]) {
    const list = new RaidList(viewer, readFilters({ type }), project).whole()
    const conditions = list.#visible()
    conditions.add('raid_items.type = ? and raid_items.number = any(?)', type, numbers)
    return list.#select(conditions, 'raid_items.number', [], null)
  }

  /** One page of rows, read without models. */
  page() {
    const decode = cursorsOf(SORTS[this.filters.sort], this.#tie)
    return readPage({ ...this.filters, decode }, ...this.#reading)
  }

  /** The same list with every column of its items, and people by name, for exports. */
  whole() {
    this.#columns = [
      ...RaidItem.columnNames.map((column) => `raid_items.${column}`),
      ...PEOPLE,
      programmeOf('raid_items'),
    ]
    return this
  }

  /** The next rows after a cursor, for exports that walk through the whole list. */
  batch(after: Cursor | null, size: number) {
    return readBatch(after, size, ...this.#reading)
  }

  /** How many items of each type the project has, whatever the filters, and who owns any of them. */
  async tally(): Promise<Tally> {
    const { organisationId, trx } = Tenancy.current()
    const own = this.#visible()
    const [shared, sharedValues] = sharedWith(this.project!, this.viewer)
    const rows = await read<TallyRow>(
      trx,
      `with tallied as (
         select type, owner_id, count(*)::integer as count from raid_items where ${own.text} group by 1, 2
         union all
         select type, owner_id, count(*)::integer from raid_items
          where organisation_id = ? and ${shared} group by 1, 2
       ), named as (
         select memberships.id, users.name from memberships join users on users.id = memberships.user_id
          where memberships.organisation_id = ?
            and memberships.id in (select owner_id from tallied)
       )
       select type, owner_id, count, name from tallied left join named on named.id = tallied.owner_id`,
      [...own.values, organisationId, ...sharedValues, organisationId]
    )
    const counts: Tally['counts'] = {}
    const owners: Tally['owners'] = new Map()
    for (const { type, owner_id: owner, count, name } of rows) {
      counts[type] = (counts[type] ?? 0) + count
      if (owner) owners.set(owner, name)
    }
    return { counts, owners }
  }

  get #reading() {
    return [
      (position: Position, limit: number) => this.#read(position, limit),
      (row: RaidRow) => this.#cursorOf(row),
    ] as const
  }

  async #read(position: Position, limit: number) {
    const narrowed = this.#listed()
    await narrow(narrowed, this.filters, this)
    const { sort, direction } = this.filters
    const key = SORTS[sort]
    return readSorted({ key, direction }, position, limit, (from, most, part) => {
      const conditions = narrowed.also(part)
      const order = seek(conditions, key, this.#tie, direction, from)
      return this.#select(conditions, order, [`(${key[0]})::text as sort_value`], most)
    })
  }

  /** Without a limit, everything that meets the conditions. */
  async #select(conditions: Conditions, order: string, more: string[], limit: number | null) {
    const columns = [...(this.#columns ?? this.#shown()), ...more]
    if (!this.project) columns.push(...projectOf('raid_items'))
    const rows = await read<RaidRow>(
      Tenancy.current().trx,
      `select ${columns.join(', ')} from raid_items
       where ${conditions.text} order by ${order} limit ?`,
      [...conditions.values, limit]
    )
    if (this.filters.type === 'dependency') await placeRows(rows, this.viewer, this.project)
    else if (this.project) for (const row of rows) nameProject(row, this.project)
    return rows
  }

  /** What a page shows for the type. */
  #shown() {
    const { type, review } = this.filters
    const named = [...COLUMNS, ...OF_TYPE[type], ...(review ? ['next_review_on'] : [])]
    const columns = named.map((column) => `raid_items.${column}`)
    return type === 'dependency' ? [...columns, COUNTERPART] : columns
  }

  /** A dependency is in the logs of both its projects. */
  #listed() {
    const { project, viewer } = this
    if (this.filters.type !== 'dependency') return this.#visible()
    const conditions = new Conditions()
    conditions.add('raid_items.organisation_id = ?', Tenancy.current().organisationId)
    if (project) return conditions.meet(inLogOf(project, viewer))
    return conditions.meet(onVisibleSide(viewer)).meet(visibleItems(viewer))
  }

  /** The project's own entries, or those of every visible project. */
  #visible() {
    const { project, viewer } = this
    const conditions = new Conditions()
    conditions.add('raid_items.organisation_id = ?', Tenancy.current().organisationId)
    // As a sub-query: with projects of different sizes, the literal id would have the statement planned again each
    // time.
    if (project) conditions.add('raid_items.project_id = (select ?::uuid)', project.id)
    else conditions.meet(inVisibleProjects(viewer, 'raid_items'))
    return conditions.meet(visibleItems(viewer, project ?? undefined))
  }

  /** Numbers are unique only within a type and project: otherwise the id breaks ties. */
  get #tie() {
    return this.#isNumbered
      ? ({ column: 'raid_items.number', type: 'integer' } as const)
      : ({ column: 'raid_items.id', type: 'uuid' } as const)
  }

  get #isNumbered() {
    return this.project !== null && this.filters.type !== 'dependency'
  }

  #cursorOf(row: RaidRow): Cursor {
    return [row.sort_value, this.#isNumbered ? row.number : row.id]
  }
}

function nameProject(row: RaidRow, { code, name }: Project) {
  row.project_code = code
  row.project_name = name
}
