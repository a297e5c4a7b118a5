import { externalStates, type ExternalState } from '#models/external_resource'
import { readPage, type Page, type Position } from '#models/lists/keyset'
import { inDictionary } from '#models/text/names'
import { QueryString } from '#models/lists/query_string'
import { cursorsOf, seek, type SortKey } from '#models/lists/seek'
import { IS_OPEN_TASK } from '#models/task/states'
import { holdingPart } from '#models/lists/text_search'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type ExternalFilters = {
  q: string | null
  state: ExternalState | null
  after: string | null
  before: string | null
}

type ExternalRow = {
  id: string
  name: string
  email: string | null
  state: ExternalState
  created_at: Date
  /** Their open tasks. */
  tasks: number
}

const PER_PAGE = 50
const BY_NAME: SortKey = [inDictionary('name'), 'text']
const TIE = { column: 'id', type: 'uuid' } as const

const STATE = `case when merged_at is not null then 'joined'
  when archived_at is not null then 'archived' else 'active' end`

const OPEN_TASKS = `(select count(*)::integer from tasks
  where tasks.organisation_id = external_resources.organisation_id
    and tasks.external_resource_id = external_resources.id
    and ${IS_OPEN_TASK}) as tasks`

/** Reads the filters of a query string, ignoring unknown ones. */
export function readExternalFilters(query: Record<string, unknown>): ExternalFilters {
  const given = new QueryString(query)
  return { q: given.search, state: given.keyOf('state', externalStates), ...given.place }
}

/** One page of people outside, by name. */
export function listExternals(filters: ExternalFilters): Promise<Page<ExternalRow>> {
  return readPage(
    { ...filters, perPage: PER_PAGE, decode: cursorsOf(BY_NAME, TIE) },
    (...part) => readRows(filters, ...part),
    ({ name, id }) => [name, id]
  )
}

function readRows(filters: ExternalFilters, position: Position, limit: number) {
  const conditions = narrowed(filters)
  const order = seek(conditions, BY_NAME, TIE, 'asc', position)
  return read<ExternalRow>(
    Tenancy.current().trx,
    `select id, name, email, ${STATE} as state, created_at, ${OPEN_TASKS} from external_resources
      where ${conditions.text} order by ${order} limit ?`,
    [...conditions.values, limit]
  )
}

function narrowed({ q, state }: ExternalFilters) {
  const conditions = new Conditions()
  conditions.add('organisation_id = ?', Tenancy.current().organisationId)
  if (state) conditions.add(`${STATE} = ?`, state)
  return conditions.meet(q ? holdingPart(q, 'name', 'email') : null)
}
