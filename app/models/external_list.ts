import { validate as isUuid } from 'uuid'
import { externalStates, type ExternalState } from '#models/external_resource'
import { cutPage, decodeCursor, type Cursor, type Page } from '#models/keyset'
import { textOf } from '#models/raid/list_filters'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type ExternalFilters = {
  q: string | null
  state: ExternalState | null
  after: string | null
  before: string | null
}

export type ExternalRow = {
  id: string
  name: string
  email: string | null
  state: ExternalState
  created_at: Date
  /** Tasks of theirs that are not ended. */
  tasks: number
}

const PER_PAGE = 50

const STATE = `case when merged_at is not null then 'joined'
  when archived_at is not null then 'archived' else 'active' end`

const OPEN_TASKS = `(select count(*)::integer from tasks
  where tasks.organisation_id = external_resources.organisation_id
    and tasks.external_resource_id = external_resources.id
    and tasks.status not in ('done', 'cancelled')) as tasks`

/** Reads the filters of a query string, leaving out what it does not know. */
export function readExternalFilters(query: Record<string, unknown>): ExternalFilters {
  const text = (name: string) => textOf(query, name)
  const state = text('state')
  return {
    q: text('q')?.slice(0, 200) ?? null,
    state: state && Object.hasOwn(externalStates, state) ? (state as ExternalState) : null,
    after: text('after'),
    before: text('before'),
  }
}

/** One page of people outside, by name. */
export async function listExternals(filters: ExternalFilters): Promise<Page<ExternalRow>> {
  const after = cursorIn(filters.after)
  const before = after ? null : cursorIn(filters.before)
  const conditions = narrowed(filters)
  const cursor = after ?? before
  if (cursor) conditions.add(`(name, id) ${before ? '<' : '>'} (?, ?::uuid)`, ...cursor)
  const order = before ? 'desc' : 'asc'
  const rows = await read<ExternalRow>(
    Tenancy.current().trx,
    `select id, name, email, ${STATE} as state, created_at, ${OPEN_TASKS} from external_resources
      where ${conditions.text} order by name ${order}, id ${order} limit ?`,
    [...conditions.values, PER_PAGE + 1]
  )
  return cutPage(rows, PER_PAGE, { after, before }, ({ name, id }) => [name, id])
}

function narrowed({ q, state }: ExternalFilters) {
  const conditions = new Conditions()
  conditions.add('organisation_id = ?', Tenancy.current().organisationId)
  if (state) conditions.add(`${STATE} = ?`, state)
  if (q) {
    const like = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`
    conditions.add('(name ilike ? or email ilike ?)', like, like)
  }
  return conditions
}

function cursorIn(text: string | null): Cursor | null {
  const cursor = decodeCursor(text)
  if (!cursor || !isUuid(cursor[1])) return null
  return [String(cursor[0]).replaceAll('\u0000', ''), cursor[1]]
}
