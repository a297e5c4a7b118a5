import { test } from '@japa/runner'
import { allows } from '#policies/permissions'
import { declaredRoutes } from '#start/router'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { eventually } from '#tests/support/eventually'
import { exercises, performer } from '#tests/support/exercises'
import { platformExercises } from '#tests/support/exercises/platform'
import { officeExercises } from '#tests/support/exercises/backoffice'
import { rollingBack } from '#tests/support/rollback'
import { setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'
import { tokenOf } from '#tests/support/tokens'
import { register, registerStaff, World, type Person } from '#tests/support/world'
import { Writes } from '#tests/support/writes'

type Told = {
  action: string
  entity_type: string
  entity_id: string
  actor_kind: string
  actor_ref: string | null
  transaction: string
}

const changing = declaredRoutes().filter(({ audits }) => audits)
const ofMembers = changing.filter(({ access }) => access.kind === 'can')
const ofStaff = changing.filter(({ access }) => access.kind === 'platform')
const ofThePlatform = changing.filter(({ access }) => !['can', 'platform'].includes(access.kind))
const named = (routes: typeof changing) =>
  routes.map((route) => ({ route, name: route.name ?? route.pattern }))

/** Which table an event's entity stands in. */
const tableOfEntity: Record<string, string> = {
  project: 'projects',
  project_import: 'project_imports',
  programme: 'programmes',
  project_request: 'project_requests',
  portfolio_view: 'portfolio_views',
  board_pack: 'board_packs',
  ai_interaction: 'ai_interactions',
  ai_proposal: 'ai_proposals',
  raid_item: 'raid_items',
  comment: 'comments',
  raid_escalation: 'raid_escalations',
  import: 'imports',
  import_mapping: 'import_mappings',
  invitation: 'invitations',
  membership: 'memberships',
  organisation: 'organisations',
  audit_verification: 'audit_verifications',
  staff_access: 'staff_accesses',
  gate_defaults: 'gate_defaults',
  assistant_settings: 'assistant_settings',
  retention_settings: 'retention_settings',
  raid_scoring: 'raid_scoring',
  risk_category: 'risk_categories',
  project_member: 'project_members',
  gate_board: 'gate_boards',
  gate_delegation: 'gate_delegations',
  gate_review: 'gate_reviews',
  gate_poll_answer: 'gate_poll_answers',
  gate_vote: 'gate_votes',
  gate_decision: 'gate_decisions',
  gate_condition_proposal: 'gate_condition_proposals',
  gate_condition: 'gate_conditions',
  status_report: 'status_reports',
  report_schedule: 'report_schedules',
  report_subscription: 'report_subscriptions',
  project_rating: 'project_ratings',
  delivery_confidence: 'delivery_confidences',
  api_token: 'api_tokens',
  webhook_endpoint: 'webhook_endpoints',
  calendar_feed: 'calendar_feeds',
  stage: 'stages',
  gate: 'gates',
  gate_criterion: 'gate_criteria',
  gate_evidence: 'gate_evidence',
  lifecycle: 'lifecycle_templates',
  task: 'tasks',
  checklist_item: 'checklist_items',
  task_attachment: 'task_attachments',
  external_resource: 'external_resources',
  task_link: 'task_links',
}

test.group('Audit: every changing route', (group) => {
  let stage: Scene
  let outsider: Person
  let writes: Writes
  /** One request of a member, and one of staff, for all tests of a route. */
  const preparedFor = keeping((route) => prepare(stage, route))
  const officeFor = keeping((route) => prepareOffice(stage, route))

  group.setup(async () => {
    stage = await setScene()
    outsider = await (await World.create('Elsewhere')).person('member')
    writes = await Writes.watch(stage.world.organisationId, PLATFORM)
  })
  group.teardown(() => writes.end())

  // What changes something comes last, so that one preparation serves all tests of a route.
  for (const { route, name } of named(ofMembers)) {
    if (!isRead(route)) {
      test(`writes none when it is rolled back: ${name}`, async ({ assert, client }) => {
        const { world } = stage
        const prepared = await preparedFor(route)
        const since = await mark()
        await writes.taken(world.organisationId)
        const response = await rollingBack(() => request(client, prepared))
        assert.include([200, 201, 303], response.status())
        assert.deepEqual(await writes.taken(world.organisationId), [])
        assert.deepEqual(await eventsSince(since, world.organisationId), [])
      })
    }

    test(`writes none when it is refused, or comes late: ${name}`, async ({ assert, client }) => {
      const { path, person, body } = await preparedFor(route)
      const stranger = await refusedPerson(stage, route, outsider)
      await tokenOf(stranger)
      const since = await mark()
      await writes.taken(stage.world.organisationId)
      const refused = await send(client, route.methods[0], path, stranger, body)
      assert.include([303, 403, 404], refused.status())
      if (refused.status() === 303) assert.equal(refused.header('location'), '/organisations')
      const signedOut = await send(client, route.methods[0], path, null, body)
      const refusals = [303, 401, 403]
      assert.include(refusals, signedOut.status(), 'led to the sign-in, or without any token')
      if (body && 'lock_version' in body) {
        const late = await send(client, route.methods[0], path, person, overtaken(body))
        assert.include([303, 409], late.status(), 'someone else was quicker')
      }
      assert.deepEqual(await writes.taken(stage.world.organisationId), [])
      assert.deepEqual(await eventsSince(since, stage.world.organisationId), [])
    })

    test(`writes one matching event with its change: ${name}`, async ({ assert, client }) => {
      const prepared = await preparedFor(route)
      const [since, leaves] = [await mark(), await unusedLeaves(stage)]
      const response = await request(client, prepared)
      assert.include([200, 201, 303], response.status())
      await eventually(async () => (await unusedLeaves(stage)) === leaves)
      const told = await eventsSince(since, stage.world.organisationId)
      const matching = told.filter(({ action }) => action === route.audits)
      assert.lengthOf(matching, 1, `${name} told ${told.map((event) => event.action)}`)
      if (isRead(route)) return
      assert.equal(await transactionOf(matching[0]), matching[0].transaction)
    })
  }

  test('outside an organisation writes one event of its chain: {name}')
    .with(named(ofThePlatform))
    .run(async ({ assert, client }, { route, name }) => {
      const exercise = platformExercises[name]
      if (!exercise) throw new Error(`Add ${name} to tests/support/exercises.ts`)
      const since = await mark()
      const place = await exercise(client, await register('member'))
      const told = await eventsSince(since, place?.organisationId ?? PLATFORM)
      const actions = told.map(({ action }) => action)
      if (!place) return assert.deepEqual(actions, [route.audits])
      assert.lengthOf(
        actions.filter((action) => action === route.audits),
        1
      )
    })

  for (const { route, name } of named(ofStaff)) {
    test(`in the back office writes none when it is undone or refused: ${name}`, async ({
      assert,
      client,
    }) => {
      const { path, staff, body } = await officeFor(route)
      const owner = await stage.world.person('owner')
      const since = await mark()
      await writes.taken(PLATFORM)
      const attempt = (person: typeof staff | null) =>
        send(client, route.methods[0], path, person, body)
      const undone = await rollingBack(() => attempt(staff))
      assert.include([200, 303], undone.status())
      for (const person of [owner, await register('member')]) {
        const refused = await attempt(person)
        refused.assertStatus(404)
      }
      const signedOut = await attempt(null)
      assert.include([403, 404], signedOut.status())
      assert.deepEqual(await writes.taken(PLATFORM), [])
      assert.deepEqual(await eventsSince(since, PLATFORM), [])
    })

    test(`in the back office writes one event, which says who: ${name}`, async ({
      assert,
      client,
    }) => {
      const { path, staff, body } = await officeFor(route)
      const since = await mark()
      const response = await send(client, route.methods[0], path, staff, body)
      assert.include([200, 201, 303], response.status())
      const told = await eventsSince(since, PLATFORM)
      const matching = told.filter(({ action }) => action === route.audits)
      assert.lengthOf(matching, 1, `${name} told ${told.map((event) => event.action)}`)
      const { actor_kind: kind, actor_ref: actor } = matching[0]
      assert.deepEqual({ kind, actor }, { kind: 'staff', actor: staff.userId })
    })
  }

  test('exercises name routes that exist', ({ assert }) => {
    const names = declaredRoutes().map(({ name }) => name)
    const exercised = [exercises, platformExercises, officeExercises].flatMap(Object.keys)
    assert.deepEqual(
      exercised.filter((name) => !names.includes(name)),
      []
    )
  })
})

function exerciseOf({ name, pattern }: (typeof changing)[number]) {
  const exercise = exercises[name ?? '']
  if (!exercise) throw new Error(`Add ${name ?? pattern} to tests/support/exercises.ts`)
  return exercise
}

/** Somebody without the ability: a member, or where every member has it, a forger from elsewhere. */
async function refusedPerson(
  { world }: Scene,
  { access }: (typeof changing)[number],
  outsider: Person
) {
  const everybody = access.kind === 'can' && allows(access.ability, ['member'])
  if (!everybody) return world.person('stranger')
  return { ...outsider, organisationId: world.organisationId }
}

/** The same of whoever saw another version than the present one. */
function overtaken(body: Record<string, unknown>) {
  return { ...body, lock_version: Number(body.lock_version) + 1 }
}

function officeExerciseOf({ name, pattern }: (typeof changing)[number]) {
  const exercise = officeExercises[name ?? '']
  if (!exercise) throw new Error(`Add ${name ?? pattern} to tests/support/exercises/backoffice.ts`)
  return exercise
}

function isRead({ methods }: { methods: string[] }) {
  return methods.includes('GET')
}

/** Prepares once for each route. */
function keeping<T>(make: (route: (typeof changing)[number]) => Promise<T>) {
  const kept = new Map<unknown, Promise<T>>()
  return (route: (typeof changing)[number]) => {
    const prepared = kept.get(route) ?? make(route)
    kept.set(route, prepared)
    return prepared
  }
}

/** Everything that the request needs, so that nothing but the request itself happens afterwards. */
async function prepare(stage: Scene, route: (typeof changing)[number]) {
  const exercise = await exerciseOf(route)(stage)
  const path = await pathTo(stage, route.pattern, exercise.params)
  const person = await performer(stage, exercise)
  await tokenOf(person)
  return { method: route.methods[0], path, person, body: exercise.body }
}

async function prepareOffice(stage: Scene, route: (typeof changing)[number]) {
  const { params, body, as } = await officeExerciseOf(route)()
  const path = await pathTo(stage, route.pattern, params)
  return { path, body, staff: as ?? (await registerStaff()) }
}

function request(client: any, { method, path, person, body }: Awaited<ReturnType<typeof prepare>>) {
  return send(client, method, path, person, body)
}

/** How many calls of the assistant have not begun: one asked for begins after its answer, where the next test would meet it. */
async function unusedLeaves({ world }: Scene): Promise<number> {
  const [{ unused }] = await sql(
    admin(),
    'select count(*) as unused from ai_invocations where organisation_id = ? and consumed_at is null',
    [world.organisationId]
  )
  return unused
}

async function mark(): Promise<number> {
  const [{ seq }] = await sql(admin(), 'select coalesce(max(seq), 0) as seq from audit.events')
  return seq
}

/** Events of one organisation, oldest first. */
function eventsSince(seq: number, organisationId: string): Promise<Told[]> {
  return sql(
    admin(),
    `select action, entity_type, entity_id, actor_kind, actor_ref, xmin::text as transaction from audit.events
      where seq > ? and organisation_id = ? order by seq`,
    [seq, organisationId]
  )
}

/** The transaction that wrote the row which an event tells of; of a row that is gone, the event's own. */
async function transactionOf({ action, transaction, entity_type: type, entity_id: id }: Told) {
  const table = tableOfEntity[type]
  if (!table) throw new Error(`Say in this test which table the entity "${type}" stands in`)
  const rows = await sql(admin(), `select xmin::text as transaction from ${table} where id = ?`, [
    id,
  ])
  if (rows.length === 0 && /\.(deleted|discarded|revoked)$/.test(action)) return transaction
  if (rows.length === 0) throw new Error(`The event tells of no row of ${table}`)
  return rows[0].transaction
}
