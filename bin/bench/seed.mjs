import { connected } from '../postgres/connection.mjs'
import { KIND, ORGANISATION, idOf } from './sizes.mjs'
import { seedStatements } from './seed_rows.mjs'

const WRITERS = 2

/** What the database itself derives from a row, and pages need, even while references are not checked. */
const ALWAYS = [
  'alter table organisations enable always trigger give_settings',
  'alter table organisations enable always trigger give_risk_categories',
  'alter table raid_items enable always trigger rate',
]

/** The tables that people search: a trigger makes the words of each row. */
const SEARCHED = `select tgrelid::regclass::text as name from pg_trigger where tgname = 'fold'`

/**
 * Fills an empty, migrated database as the administrator, without checking each row's references: they are right by
 * construction. Every item gets the two events of creating and editing it.
 */
export async function seed(admin, size) {
  const indexes = await connected(admin, async (client) => {
    const dropped = await dropIndexes(client)
    for (const statement of ALWAYS) await client.query(statement)
    const { rows } = await client.query(SEARCHED)
    for (const { name } of rows) {
      await client.query(`alter table ${name} enable always trigger fold`)
    }
    await client.query('set session_replication_role = replica')
    await client.query('begin')
    for (const statement of seedStatements(size)) await client.query(statement)
    await client.query('commit')
    return dropped
  })
  const queue = Array.from({ length: size.projects }, (_, index) => index + 1)
  await inParallel(() => tellEvents(admin, queue))
  await inParallel(() => restore(admin, indexes))
  await connected(admin, (client) => client.query('vacuum analyze'))
}

/** An index is built faster at once than row by row. Those of keys stay. */
async function dropIndexes(client) {
  const { rows } = await client.query(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index
    where indrelid in ('raid_items'::regclass, 'audit.events'::regclass, 'audit.event_values'::regclass)
      and not exists (select from pg_constraint where conindid = indexrelid)`)
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

function restore(admin, definitions) {
  return connected(admin, async (client) => {
    await client.query(`set maintenance_work_mem = '256MB'`)
    for (let next = definitions.pop(); next; next = definitions.pop()) await client.query(next)
  })
}

function inParallel(work) {
  return Promise.all(Array.from({ length: WRITERS }, work))
}

/** Through the one function that writes events, a transaction for each project, so that they verify. */
function tellEvents(admin, queue) {
  return connected(admin, async (client) => {
    await client.query(`set session_replication_role = replica`)
    await client.query(`select set_config('app.organisation_id', $1, false)`, [ORGANISATION])
    for (let place = queue.shift(); place; place = queue.shift()) {
      await client.query(EVENTS, [idOf(KIND.project, place)])
    }
  })
}

const EVENTS = `
  with told as (
    select raid_items.id, step, jsonb_build_object(
      'project', project_id, 'actor_kind', 'member', 'actor', raid_items.created_by,
      'action', case step when 1 then 'raid_item.created' else 'raid_item.updated' end,
      'entity_type', 'raid_item', 'entity', raid_items.id, 'request', null,
      'facts', jsonb_build_object('ref', projects.code || '-' ||
        case type when 'decision' then 'E' else upper(left(type, 1)) end || number,
        'kind', type, 'status', raid_items.status),
      'values', case step
        when 1 then jsonb_build_object(
          'title', jsonb_build_object('v', jsonb_build_object('after', title), 'subject', null),
          'status', jsonb_build_object('v', jsonb_build_object('after', raid_items.status), 'subject', null))
        else jsonb_build_object('dueOn', jsonb_build_object(
          'v', jsonb_build_object('before', raised_on, 'after', due_on), 'subject', null)) end) as event
    from raid_items
      join projects on projects.organisation_id = raid_items.organisation_id and projects.id = project_id
      cross join generate_series(1, 2) step
    where project_id = $1
  )
  select count(*) from audit.append_many((select jsonb_agg(event order by step, id) from told))`
