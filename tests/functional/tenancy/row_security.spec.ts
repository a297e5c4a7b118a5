import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { v7 as uuidv7 } from 'uuid'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin, checksums, tenantTables } from '#tests/support/admin'
import { populated } from '#tests/support/populated'
import { World } from '#tests/support/world'

const SETTINGS = ['organisation_id', 'user_id', 'membership_id', 'request_id']

/**
 * Tables that are only ever added to, or of whose rows a few columns change: the application may not even try
 * to move a row, whoever's it is.
 */
const APPEND_ONLY = [
  'public.ai_interactions',
  'public.ai_invocations',
  'public.ai_proposals',
  'public.consent_records',
  'public.delivery_confidences',
  'public.project_ratings',
  'public.policy_publications',
  'public.delivery_confidences',
  'public.project_ratings',
  'public.gate_condition_proposals',
  'public.gate_conditions',
  'public.gate_decisions',
  'public.gate_pack_sections',
  'public.gate_poll_answers',
  'public.gate_reviews',
  'public.gate_rework_criteria',
  'public.gate_votes',
  'public.status_report_publications',
  'public.report_subscriptions',
  'public.privacy_request_entries',
  'public.privacy_request_recipients',
  'public.retention_runs',
  'public.audit_verifications',
  'public.system_alerts',
  'public.staff_accesses',
]

/** Triggers that run before a row is held against the policy. */
const GUARDED: Record<string, RegExp> = { 'public.status_reports': /stays as it is/ }
const GUARDED_INSERTS: Record<string, RegExp> = { 'public.staff_accesses': /only staff look in/ }

function refusalOf(table: string) {
  if (APPEND_ONLY.includes(table)) return /permission denied/
  return GUARDED[table] ?? /violates row-level security policy/
}

let a: World
let b: World

/** Raw SQL as the application, bound to organisation A, always rolled back. */
async function asApp<T>(work: (client: any) => Promise<T>, connection = 'app'): Promise<T> {
  const trx = await db.connection(connection).transaction()
  try {
    await sql(trx, `select set_config('app.organisation_id', ?, true)`, [a.organisationId])
    return await work(trx)
  } finally {
    await trx.rollback()
  }
}

/** The tables to walk. Each must hold rows of both organisations, or the walk would prove nothing. */
async function filledTables(schema: string) {
  const tables = (await tenantTables()).filter((table) => table.startsWith(`${schema}.`))
  for (const table of tables) {
    for (const { organisationId } of [a, b]) {
      const rows = await sql(admin(), `select from ${table} where organisation_id = ? limit 1`, [
        organisationId,
      ])
      if (rows.length === 0) throw new Error(`Add a row of ${table} to tests/support/populated.ts`)
    }
  }
  return tables
}

test.group('Tenancy: row security alone, raw SQL as the application', (group) => {
  group.setup(async () => {
    const [first, second] = [await populated('A'), await populated('B')]
    a = first.world
    b = second.world
  })

  test('no organisation, no rows: every table raises', async ({ assert }) => {
    for (const table of await filledTables('public')) {
      await assert.rejects(() => sql(db, `select * from ${table}`), /no organisation is set/)
      await assert.rejects(
        () => sql(db, `update ${table} set organisation_id = organisation_id`),
        APPEND_ONLY.includes(table) ? /permission denied/ : /no organisation is set/
      )
    }
    for (const table of ['users', 'organisations', 'audit.events', 'audit.event_values']) {
      await assert.rejects(() => sql(db, `select * from ${table}`), /no organisation is set/)
    }
  })

  test('another organisation’s rows are neither read, changed nor deleted', async ({ assert }) => {
    const before = await checksums(b.organisationId)
    for (const table of await filledTables('public')) {
      const where = 'where organisation_id = ?'
      const ids = [b.organisationId]
      assert.lengthOf(await asApp((app) => sql(app, `select * from ${table} ${where}`, ids)), 0)
      const change = `update ${table} set organisation_id = organisation_id ${where} returning 1`
      const changed = await asApp((app) =>
        sql(app, change, ids).catch(APPEND_ONLY.includes(table) ? denied : undefined)
      )
      assert.lengthOf(changed, 0)
      const removed = await asApp((app) =>
        sql(app, `delete from ${table} ${where} returning 1`, ids).catch(denied)
      )
      assert.lengthOf(removed, 0)
    }
    for (const table of ['audit.events', 'audit.event_values']) {
      const rows = await asApp((app) => sql(app, `select distinct organisation_id from ${table}`))
      assert.deepEqual(rows, [{ organisation_id: a.organisationId }])
    }
    assert.deepEqual(await checksums(b.organisationId), before)
  })

  test('a row is neither inserted for nor moved to another organisation', async ({ assert }) => {
    for (const table of await filledTables('public')) {
      const move = `update ${table} set organisation_id = ?`
      await assert.rejects(
        () => asApp((app) => sql(app, move, [b.organisationId])),
        refusalOf(table)
      )
      await assert.rejects(
        () => asApp((app) => insertCopy(app, table)),
        GUARDED_INSERTS[table] ?? /violates row-level security policy/
      )
    }
  })

  test('the owner is bound too', async ({ assert }) => {
    for (const table of await filledTables('public')) {
      const owner = db.connection('owner')
      await assert.rejects(() => sql(owner, `select * from ${table}`), /no organisation is set/)
      const rows = await asApp(
        (client) => sql(client, `select distinct organisation_id from ${table}`),
        'owner'
      )
      assert.deepEqual(rows, [{ organisation_id: a.organisationId }])
    }
  })

  test('the application cannot get round the policies: {statement}')
    .with(
      [
        'set role orch_owner',
        'set role orch_directory',
        'set session authorization orch_owner',
        'alter table projects disable row level security',
        'alter table projects no force row level security',
        'drop policy tenant on projects',
        'create policy mine on projects using (true)',
        'truncate comments',
        'create table public.mine (id int)',
        'create view public.mine as select * from projects',
        'create function public.app_organisation() returns uuid language sql as $$select null$$',
        'update users set platform_role = $$admin$$',
        'select directory.appoint(gen_random_uuid(), $$admin$$)',
      ].map((statement) => ({ statement }))
    )
    .run(async ({ assert }, { statement }) => {
      await assert.rejects(
        () => asApp((app) => sql(app, statement)),
        /permission denied|must be (owner|able)|must be owner/
      )
    })

  test('switching row_security off shows nothing, it raises', async ({ assert }) => {
    await assert.rejects(
      () =>
        asApp(async (app) => {
          await sql(app, 'set local row_security = off')
          await sql(app, 'select * from projects')
        }),
      /would be affected by row-level security/
    )
  })

  test('a person sees the accounts of colleagues only, and changes only their own', async ({
    assert,
  }) => {
    const [mine, theirs] = [await a.person('manager'), await b.person('manager')]
    const seen = await asApp((app) => sql(app, 'select id from users'))
    assert.include(
      seen.map(({ id }) => id),
      mine.userId
    )
    assert.notInclude(
      seen.map(({ id }) => id),
      theirs.userId
    )
    const changed = await asApp(async (app) => {
      await sql(app, `select set_config('app.user_id', ?, true)`, [mine.userId])
      return sql(app, 'update users set name = name returning id')
    })
    assert.deepEqual(changed, [{ id: mine.userId }])
  })
})

test.group('Tenancy: one connection, many organisations', () => {
  test('a reused connection carries nothing over', async ({ assert }) => {
    const world = await World.create()
    const person = await world.person('pmo')
    db.manager.add('single', {
      ...(db.manager.get('app')!.config as any),
      pool: { min: 1, max: 1 },
    })
    const usual = db.primaryConnectionName
    db.primaryConnectionName = 'single'
    try {
      for (let round = 0; round < 12; round++) {
        const work = world.inside(async () => {
          const { trx } = Tenancy.current()
          await sql(trx, 'savepoint inner_work')
          await sql(trx, 'release savepoint inner_work')
          if (round % 3 === 1) Tenancy.fail('rolled back')
          if (round % 3 === 2) throw new Error('thrown')
          return sql(trx, 'select pg_backend_pid() as pid')
        }, person)
        await work.catch(() => {})
        const left = SETTINGS.map((name) => `current_setting('app.${name}', true) as ${name}`)
        const [settings] = await sql(db, `select ${left.join(', ')}`)
        assert.deepEqual(Object.values(settings).filter(Boolean), [])
        await assert.rejects(() => sql(db, 'select * from memberships'), /no organisation is set/)
      }
    } finally {
      db.primaryConnectionName = usual
      await db.manager.close('single', true)
    }
  })

  test('forty interleaved organisations stay apart', async ({ assert }) => {
    const worlds = await Promise.all(Array.from({ length: 40 }, (_, n) => World.create(`Org ${n}`)))
    const seen = await Promise.all(
      worlds.map((world) =>
        world.inside(async () => {
          const { trx } = Tenancy.current()
          for (const step of [1, 2]) {
            await trx.table('projects').insert({
              organisation_id: world.organisationId,
              id: uuidv7(),
              code: `STEP${step}`,
              name: world.organisationId,
            })
            await pause(Math.random() * 10)
          }
          return sql(trx, 'select name from projects')
        })
      )
    )
    worlds.forEach(({ organisationId: name }, index) => {
      assert.deepEqual(seen[index], [{ name }, { name }])
    })
  })

  test('nested work in another organisation returns to its own', async ({ assert }) => {
    const [outer, inner] = [await World.create('Outer'), await World.create('Inner')]
    const names = () => sql(Tenancy.current().trx, 'select name from organisations')
    await outer.inside(async () => {
      assert.deepEqual(await inner.inside(names), [{ name: 'Inner' }])
      assert.deepEqual(await names(), [{ name: 'Outer' }])
    })
  })
})

/** Inserts one of our own rows again, under the other organisation. */
async function insertCopy(app: any, table: string) {
  const [{ columns }] = await sql(
    app,
    `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
      where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''
        and attname <> 'organisation_id'`,
    [table]
  )
  await sql(
    app,
    `insert into ${table} (organisation_id, ${columns})
     select ?, ${columns} from ${table} limit 1`,
    [b.organisationId]
  )
}

/** Having no right to delete at all is as good as finding nothing. */
function denied(error: any) {
  if (error.code !== '42501') throw error
  return []
}
