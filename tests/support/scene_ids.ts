import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { begin } from '#tests/support/erasure'
import { sendFeedback } from '#tests/support/exercises/backoffice'
import { openAlert, troubledJob } from '#tests/support/exercises/office'
import { receive } from '#tests/support/exercises/privacy'
import type { Scene } from '#tests/support/scene'
import { register } from '#tests/support/world'

/** Which table a path's `:id` belongs to, by the word before it. */
const tableOfSegment: Record<string, string> = {
  'projects': 'projects',
  'refs': 'refs',
  'programmes': 'programmes',
  'views': `(select * from portfolio_views where list = 'portfolio') views`,
  'packs': 'board_packs',
  'raid': 'raid_items',
  'imports': 'imports',
  'import-mappings': 'import_mappings',
  'project-imports': 'project_imports',
  'members': 'memberships',
  'roles': 'project_members',
  'invitations': 'invitations',
  'stages': 'stages',
  'criteria': 'gate_criteria',
  'evidence': 'gate_evidence',
  'questions': 'ai_interactions',
  'drafts': `(select * from ai_proposals where kind = 'entry') drafts`,
  'actions': `(select * from ai_proposals where kind = 'action') actions`,
  'merges': `(select * from ai_proposals where kind = 'merge') merges`,
  'entries': 'raid_items',
  'links': 'raid_links',
  'escalations': 'raid_escalations',
  'project-requests': 'project_requests',
  'mails': 'email_outbox',
  'categories': 'risk_categories',
  'notifications': 'notifications',
  'feeds': 'calendar_feeds',
  'checklist': 'checklist_items',
  'attachments': 'task_attachments',
  'predecessors': 'task_predecessors',
  'tasks': 'tasks',
  'externals': 'external_resources',
  'gates': 'gates',
  'delegations': 'gate_delegations',
  'reviews': 'gate_reviews',
  'proposals': 'gate_condition_proposals',
  'conditions': 'gate_conditions',
  'reports': 'status_reports',
  'subscribers': 'report_subscriptions',
  'feedback': 'feedback',
  'privacy': 'privacy_requests',
  'erasures': 'erasures',
  'flags': 'flag_names',
  'requests': 'privacy_requests',
  'tokens': 'api_tokens',
  'webhooks': 'webhook_endpoints',
  'deliveries': 'webhook_deliveries',
  'mail_templates': 'mail_templates',
  'organisations': 'organisations',
  'people': 'accounts',
  'jobs': 'jobs',
  'seals': 'organisations',
  'alerts': 'alerts',
  'accesses': 'staff_accesses',
}

const viewsOf = (list: string) => `(select * from portfolio_views where list = '${list}') views`

/** The same under a lifecycle, whose stages, gates and criteria are not those of a project. */
const tableOfLifecyclePart: Record<string, string> = {
  lifecycles: 'lifecycle_templates',
  stages: 'lifecycle_template_stages',
  gates: 'lifecycle_template_gates',
  criteria: 'lifecycle_template_criteria',
}

/** What no organisation has: rows under the platform's id, and how one is created there; names in a registry. */
const tablesOfThePlatform: Record<string, () => Promise<{ id: string }>> = {
  feedback: sendFeedback,
  flag_names: async () => ({ id: 'restricted' }),
  privacy_requests: async () => receive(await register('asker')),
  erasures: async () => begin(await register('asker')),
  mail_templates: async () => ({ id: 'notice' }),
  alerts: async () => ({ id: (await openAlert()).id }),
  jobs: async () => ({ id: await troubledJob() }),
  accounts: async () => ({ id: (await register('known')).userId }),
}

/** Which table a field of a query or body refers to, if no column of that name says it. */
export const tableOfField: Record<string, string> = {
  reader_ids: 'memberships',
  required_ids: 'memberships',
  criterion_ids: 'gate_criteria',
  dropped_ids: 'gate_conditions',
  status_report_id: 'status_reports',
  conversation_id: 'ai_interactions',
  gate_id: 'gates',
  lifecycle_id: 'lifecycle_templates',
  parent: 'tasks',
  parent_id: 'tasks',
  decider: 'memberships',
  owner: 'memberships',
  newest_id: 'notifications',
  assignee: 'memberships',
  project: 'projects',
  programme: 'programmes',
  organisation: 'organisations',
  organisation_id: 'organisations',
}

export function parametersOf(pattern: string) {
  return pattern
    .split('/')
    .filter((part) => part.startsWith(':'))
    .map((part) => part.slice(1))
}

/** Fills a pattern with ids of this scene, or with those given. */
export async function pathTo(scene: Scene, pattern: string, given: Record<string, string> = {}) {
  const parts = pattern.split('/')
  const written = parts.map(async (part, index) => {
    if (!part.startsWith(':')) return part
    const name = part.slice(1)
    return given[name] ?? (await idIn(scene, tableOfParameter(pattern, parts[index - 1], name)))
  })
  return (await Promise.all(written)).join('/')
}

/** The id of a row of this scene for a path's parameter. */
export function idForParameter(scene: Scene, pattern: string, name: string) {
  return idIn(scene, tableForParameter(pattern, name))
}

/** The table whose rows a path's parameter names. */
export function tableForParameter(pattern: string, name: string) {
  const parts = pattern.split('/')
  return tableOfParameter(pattern, parts[parts.indexOf(`:${name}`) - 1], name)
}

function tableOfParameter(pattern: string, segment: string, name: string) {
  if (pattern.startsWith('/raid/views/')) return viewsOf('raid')
  if (pattern.startsWith('/reports/views/')) return viewsOf('reports')
  const ofLifecycle = pattern.startsWith('/settings/lifecycles/')
  const table = ofLifecycle ? tableOfLifecyclePart[segment] : tableOfSegment[segment]
  if (table) return table
  throw new Error(`Say in tests/support/scene_ids.ts which table ":${name}" of ${pattern} names`)
}

/**
 * Every field that refers to a row, by column or by validator, and an id of this scene for it. A scene that is used
 * more than once must not change in between.
 */
export async function idsByField(scene: Scene, names: Iterable<string>) {
  const columns = await (references ??= referencingColumns())
  const known = idsOfFields.get(scene) ?? {}
  idsOfFields.set(scene, known)
  const ids: Record<string, string> = {}
  for (const name of new Set([...Object.keys(columns), ...Object.keys(tableOfField), ...names])) {
    const table = tableOfField[name] ?? columns[name]
    if (!table)
      throw new Error(`Say in tests/support/scene_ids.ts which table the field "${name}" names`)
    ids[name] = await (known[table] ??= idIn(scene, table))
  }
  return ids
}

/** By table. */
const idsOfFields = new WeakMap<Scene, Record<string, Promise<string>>>()

/** The catalogue does not change while the tests run. */
let references: ReturnType<typeof referencingColumns> | undefined

async function referencingColumns(): Promise<Record<string, string>> {
  const rows = await sql(
    admin(),
    `select distinct a.attname as name, c.confrelid::regclass::text as table
       from pg_constraint c
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
      where c.contype = 'f' and a.attname not in ('organisation_id', 'id')
        and c.connamespace = 'public'::regnamespace
        and (array_length(c.conkey, 1) = 2 or a.attname = 'stage_id')
        and c.confrelid <> 'users'::regclass`
  )
  return Object.fromEntries(rows.map(({ name, table }) => [name, table]))
}

/** The newest row of a table in this scene's organisation; of projects the one that holds the others. */
async function idIn({ world, project }: Scene, table: string): Promise<string> {
  if (table === 'projects') return project.id
  if (table === 'refs') return project.code
  if (table in tablesOfThePlatform) return (await tablesOfThePlatform[table]()).id
  const column = table === 'organisations' ? 'id' : 'organisation_id'
  const [row] = await sql(
    admin(),
    `select id from ${table} where ${column} = ? order by created_at desc, id desc limit 1`,
    [world.organisationId]
  )
  if (!row) throw new Error(`Add a row of ${table} to tests/support/populated.ts`)
  return row.id
}
