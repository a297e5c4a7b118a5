import { randomUUID } from 'node:crypto'
import type { ApiClient, ApiRequest, ApiResponse } from '@japa/api-client'
import type Project from '#models/project'
import ApiToken from '#models/api_token'
import CalendarFeed from '#models/calendar_feed'
import Import from '#models/import'
import Invitation from '#models/invitation'
import Membership from '#models/membership'
import ProjectMember from '#models/project_member'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import type RiskCategory from '#models/risk_category'
import Task from '#models/task'
import { permissions, type Ability, type Role } from '#policies/permissions'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { receive } from '#tests/support/exercises/privacy'
import { begin } from '#tests/support/erasure'
import { openAlert, troubledJob } from '#tests/support/exercises/office'
import { sendFeedback } from '#tests/support/exercises/backoffice'
import { addCategory } from '#tests/support/settings'
import { populated } from '#tests/support/populated'
import { register, type Account, type Person, type World } from '#tests/support/world'

type MemberKind = 'member' | 'owner' | 'deactivated'

/** An organisation with a project and an item of each kind, to send requests to. */
export type Scene = {
  world: World
  project: Project
  raise: () => Promise<RaidItem>
  link: () => Promise<RaidLink>
  /** A task of the manager's. */
  task: () => Promise<Task>
  /** A calendar address and whose it is. */
  feed: () => Promise<{ feed: CalendarFeed; owner: Person }>
  /** A token and whose it is. */
  token: () => Promise<{ id: string; owner: Person }>
  /** A new member who holds nothing yet. */
  member: (kind?: MemberKind) => Promise<Person>
  /** A role given in the project. */
  grant: () => Promise<ProjectMember>
  /** An invitation that waits for its answer. */
  invite: () => Promise<Invitation>
  /** A risk category of its own. */
  category: (kind?: 'retired') => Promise<RiskCategory>
  /** A file that waits to be imported, or one that was. */
  bring: (state: 'draft' | 'imported') => Promise<Import>
}

/** Which table a path's `:id` names, by the word before it. */
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

/** What no organisation holds: rows under the platform's id, and how one comes there; names in a registry. */
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

/** Which table a field of a query or body names, where no column of that name says it. */
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

export async function setScene(name?: string): Promise<Scene> {
  const { world, project } = await populated(name)
  await world.inside(() => project.merge({ visibility: 'members' }).save())
  const manager = await world.person('manager')
  const raise = () =>
    world.inside(
      () => RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Tide gate leaks' }),
      manager
    )
  const bring = (state: 'draft' | 'imported') =>
    world.inside(async () => {
      const draft = await Import.upload(
        project,
        'log.csv',
        Buffer.from('Risk,Status\nTide gate leaks,Open')
      )
      const viewer = await world.viewer(manager)
      if (state === 'imported') {
        await draft.execute(project, await draft.plan(), { viewer, seen: null })
      }
      return draft
    }, manager)
  const link = async () => {
    const [from, to] = [await raise(), await raise()]
    return world.inside(() => RaidLink.create({ fromId: from.id, toId: to.id, kind: 'relates_to' }))
  }
  const task = () =>
    world.inside(
      () => Task.add(project, { title: 'Grease the gate', assigneeId: manager.membershipId }),
      manager
    )
  const member = async (kind: MemberKind = 'member') => {
    const role = kind === 'owner' ? 'owner' : 'member'
    const person = await world.join(await register('extra'), role)
    if (kind !== 'deactivated') return person
    await world.inside(async () => (await Membership.findOrFail(person.membershipId)).deactivate())
    return person
  }
  const feed = async () => {
    const owner = await member()
    const made = await world.inside(async () => {
      await CalendarFeed.open('tasks')
      return CalendarFeed.mine().firstOrFail()
    }, owner)
    return { feed: made, owner }
  }
  const token = async () => {
    const owner = await member()
    const { id } = await world.inside(async () => {
      await ApiToken.issueOwn({ name: 'Script', scopes: ['raid:read'], days: 30 })
      return ApiToken.mine().firstOrFail()
    }, owner)
    return { id, owner }
  }
  const grant = async () => {
    const { membershipId } = await member()
    return world.inside(() => ProjectMember.grant(project, membershipId, 'team'))
  }
  const invite = () =>
    world.inside(async () => {
      const inviter = { name: manager.name, membershipId: manager.membershipId }
      const email = `invited-${randomUUID()}@example.test`
      await Invitation.invite({ email, role: 'member', projects: [] }, inviter)
      return Invitation.findByOrFail('email', email)
    })
  const category = (kind?: 'retired') => addCategory(world, kind)
  return { world, project, raise, link, task, feed, token, member, grant, invite, category, bring }
}

/** The member who holds this ability: the first role that is named for it. */
export function holder({ world }: Scene, ability: Ability): Promise<Person> {
  const [role]: Role[] = permissions[ability]
  return world.person(role)
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

/** The id of a row of this scene that a path's parameter may name. */
export function idForParameter(scene: Scene, pattern: string, name: string) {
  return idIn(scene, tableForParameter(pattern, name))
}

/** The table of whose rows a path's parameter is the id. */
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
  throw new Error(`Say in tests/support/scene.ts which table ":${name}" of ${pattern} names`)
}

/**
 * Every field that names a row, by column or by validator, and an id of this scene for it. A scene that is asked
 * more than once has to stay as it is meanwhile.
 */
export async function idsByField(scene: Scene, names: Iterable<string>) {
  const columns = await (references ??= referencingColumns())
  const known = idsOfFields.get(scene) ?? {}
  idsOfFields.set(scene, known)
  const ids: Record<string, string> = {}
  for (const name of new Set([...Object.keys(columns), ...Object.keys(tableOfField), ...names])) {
    const table = tableOfField[name] ?? columns[name]
    if (!table)
      throw new Error(`Say in tests/support/scene.ts which table the field "${name}" names`)
    ids[name] = await (known[table] ??= idIn(scene, table))
  }
  return ids
}

/** By table. */
const idsOfFields = new WeakMap<Scene, Record<string, Promise<string>>>()

/** The catalogue stays as it is while the tests run. */
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

/**
 * Sends a request as a browser's form does: what is neither GET nor POST is a POST that says so. Buffers
 * in the body are sent as files.
 */
export function send(
  client: ApiClient,
  method: string,
  path: string,
  person: Account | Person | null,
  body: Record<string, unknown> = {}
) {
  if (path.startsWith('/api/v1/')) return sendJson(client, method, path, person, body)
  const spoofed = ['GET', 'POST'].includes(method) ? path : `${path}?_method=${method}`
  const request = method === 'GET' ? client.get(spoofed) : posting(client.post(spoofed), body)
  return person ? request.as(person) : request
}

/** As a program does: with a token of the person, if they are a member, and every scope. */
function sendJson(
  client: ApiClient,
  method: string,
  path: string,
  person: Account | Person | null,
  body: Record<string, unknown>
) {
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch'
  const request: ApiRequest = client[verb](path).accept('json')
  if (method !== 'GET') request.json(body)
  return person ? request.withTokenOf(person) : request
}

/** An upload that has another name than `log.csv`. */
export function named(filename: string, text: string) {
  return Object.assign(Buffer.from(text), { filename })
}

function posting(request: ApiRequest, body: Record<string, unknown>) {
  const files = Object.entries(body).filter(([, value]) => Buffer.isBuffer(value))
  if (files.length === 0) return request.form(body)
  const fields = Object.entries(body).filter(([, value]) => !Buffer.isBuffer(value))
  for (const [name, value] of files) {
    const { filename = 'log.csv' } = value as Buffer & { filename?: string }
    request.file(name, value as Buffer, { filename })
  }
  return request.fields(Object.fromEntries(fields) as Record<string, string>)
}

/** An answer without what differs from one answer to the next: nonces, tokens, our own unsealed events, these ids. */
export function essence(response: ApiResponse, ids: Iterable<string>) {
  const blank = (text: string) =>
    [...ids]
      .reduce((result, id) => result.replaceAll(id, 'ID'), text)
      .replaceAll(/nonce([=-])['"]?[\w+/=-]+/g, 'nonce$1N')
      .replaceAll(/(name='_csrf' value=|X-CSRF-TOKEN[^:]*:)['"&quot;\s]*[\w-]+/g, '$1T')
      .replaceAll(/(name="_once" value=)"[\w-]+"/g, '$1K')
      .replaceAll(String(response.header('x-request-id')), 'REQUEST')
      .replaceAll(/[\d,]+ (newer )?events? waits?/g, 'EVENTS WAIT')
  const headers = Object.entries(response.headers() as Record<string, string>)
    .filter(([name]) => !['date', 'etag', 'content-length', 'set-cookie'].includes(name))
    .map(([name, value]) => `${name}: ${blank(String(value))}`)
  return [response.status(), ...headers, '', blank(response.text() ?? '')].join('\n')
}

export function randomId() {
  return randomUUID()
}
