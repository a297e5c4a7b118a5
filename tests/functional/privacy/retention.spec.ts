import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { queueMail } from '#mails/outbox'
import AiInteraction from '#models/ai_interaction'
import ConsentRecord from '#models/consent_record'
import Invitation from '#models/invitation'
import { decline } from '#models/privacy_request/closing'
import { receiveRequest } from '#models/privacy_request/receiving'
import RetentionSettings from '#models/retention_settings'
import { alarmRetention } from '#privacy/retention/alarm'
import { enforcers } from '#privacy/retention/enforcers'
import { retain } from '#privacy/retention/round'
import { inventory } from '#registries/personal_data_inventory'
import {
  daysOf,
  retentionRules,
  ruleVersion,
  timedRules,
  type RetentionName,
  type TimedRule,
} from '#registries/retention'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, checksums, quietly } from '#tests/support/admin'
import { readyPack } from '#tests/support/exercises/portfolio'
import { readyExport, receive } from '#tests/support/exercises/privacy'
import { populated } from '#tests/support/populated'
import { addAssistantRows } from '#tests/support/populated/assistant'
import { addWebhook } from '#tests/support/webhooks'
import { ownToken } from '#tests/support/tokens'
import { openSession, register, registerStaff, World } from '#tests/support/world'

/** How a row comes under a rule, how it grows older, and whether it is still there. */
type Case = {
  add(world: World): Promise<string>
  /** By which moments its age is reckoned. */
  ages: { table: string; columns: string[]; key?: string; inMilliseconds?: true }
  isKept(id: string): Promise<boolean>
}

const has = (text: string) => async (id: string) => {
  const [row] = await sql(admin(), text, [id])
  return Boolean(row?.kept)
}

/** One for each rule that time ends; a rule without one does not compile. */
const cases: Record<TimedRule, Case> = {
  session: {
    add: async () => {
      const account = await register('signed')
      await openSession(account)
      return account.userId
    },
    ages: {
      table: 'sessions',
      columns: ['issued_at', 'used_at', 'expires_at'],
      key: 'user_id',
    },
    isKept: has('select true as kept from sessions where user_id = ?'),
  },
  invitation: {
    add: async (world) => {
      const { id } = await invited(world)
      await world.inside(async () => (await Invitation.findById(id)).revoke())
      return id
    },
    ages: { table: 'invitations', columns: ['updated_at'] },
    isKept: has(`select email like '%@example.test' as kept from invitations where id = ?`),
  },
  mail: {
    add: (world) =>
      world.inside(() =>
        queueMail({
          template: 'notice',
          to: { email: 'reader@example.test' },
          data: { subject: 'Subject', paragraphs: ['Body'] },
          key: randomUUID(),
        })
      ),
    ages: { table: 'email_outbox', columns: ['created_at'] },
    isKept: has('select text_body is not null as kept from email_outbox where id = ?'),
  },
  notification: {
    add: async (world) => {
      const [row] = await sql(
        admin(),
        `insert into notifications (organisation_id, id, membership_id, kind, key, title, path)
         values (?, gen_random_uuid(), ?, 'task_assigned', gen_random_uuid(), 'A task', '/tasks') returning id`,
        [world.organisationId, (await world.person('member')).membershipId]
      )
      return row.id
    },
    ages: { table: 'notifications', columns: ['created_at'] },
    isKept: has('select true as kept from notifications where id = ?'),
  },
  assistant: {
    add: async (world) => {
      await addAssistantRows(world, await world.project())
      return world.inside(async () => {
        const newest = await AiInteraction.query().orderBy('id', 'desc').firstOrFail()
        return newest.id
      })
    },
    ages: { table: 'ai_interactions', columns: ['asked_at', 'created_at'] },
    isKept: has('select prompt is not null as kept from ai_interactions where id = ?'),
  },
  request: {
    add: closedRequest,
    ages: { table: 'privacy_requests', columns: ['completed_at'] },
    isKept: has(
      `select num_nonnulls(contact, contact_hash, details, answer, text) > 0 as kept from privacy_requests r
         join privacy_request_entries e on e.request_id = r.id and e.kind = 'refused' where r.id = ?`
    ),
  },
  export: {
    add: async () => readyExport(await register('asker')),
    ages: { table: 'privacy_exports', columns: ['expires_at'] },
    isKept: has('select is_stored as kept from privacy_exports where id = ?'),
  },
  webhook: {
    add: async (world) => {
      const { endpoint, told } = await addWebhook(world)
      return told(endpoint)
    },
    ages: { table: 'webhook_deliveries', columns: ['created_at'] },
    isKept: has('select true as kept from webhook_deliveries where id = ?'),
  },
  pack: {
    add: async (world) => readyPack(world, await world.person('pmo')),
    ages: { table: 'board_packs', columns: ['expires_at'] },
    isKept: has('select is_stored as kept from board_packs where id = ?'),
  },
  reply: {
    add: async (world) => {
      const owner = await world.person('owner')
      await ownToken(owner)
      const [row] = await sql(
        admin(),
        `insert into api_replies (organisation_id, id, token_id, key_digest, request_digest)
         select organisation_id, gen_random_uuid(), id, sha256(gen_random_uuid()::text::bytea), sha256('request')
           from api_tokens where membership_id = ? limit 1 returning id`,
        [owner.membershipId]
      )
      return row.id
    },
    ages: { table: 'api_replies', columns: ['created_at'] },
    isKept: has('select true as kept from api_replies where id = ?'),
  },
  form: {
    add: async (world) => {
      const id = randomUUID()
      await sql(admin(), 'insert into sent_forms (organisation_id, id) values (?, ?)', [
        world.organisationId,
        id,
      ])
      return id
    },
    ages: { table: 'sent_forms', columns: ['created_at'] },
    isKept: has('select true as kept from sent_forms where id = ?'),
  },
  limit: {
    add: async () => {
      const key = randomUUID()
      await sql(
        admin(),
        `insert into rate_limits (key, points, expire)
         values (?, 1, extract(epoch from now() + interval '1 day')::bigint * 1000)`,
        [key]
      )
      return key
    },
    ages: { table: 'rate_limits', columns: ['expire'], key: 'key', inMilliseconds: true },
    isKept: has('select true as kept from rate_limits where key = ?'),
  },
  consent: {
    add: () =>
      Tenancy.system(PLATFORM, async () => {
        const { id } = await ConsentRecord.keep({
          notice: '0'.repeat(64),
          policyVersion: '2026-11-25',
          receipt: null,
          userId: null,
          decision: 'denied',
          mechanism: 'banner',
        })
        return id
      }),
    ages: { table: 'consent_records', columns: ['decided_at', 'expires_at'] },
    isKept: has('select true as kept from consent_records where id = ?'),
  },
}

/** Asked by somebody without an account, and refused by the desk. */
function closedRequest() {
  return Tenancy.system(PLATFORM, async () => {
    const request = await receiveRequest({
      kind: 'access',
      channel: 'web',
      contact: { name: 'A stranger', email: `${randomUUID()}@example.test` },
      details: 'Everything, please',
    })
    await decline(request, 'nothing_held', 'We hold nothing of yours')
    return request.id
  })
}

async function invited(world: World) {
  const owner = await world.person('owner')
  const email = `${randomUUID()}@example.test`
  const offer = { email, role: 'member' as const, projects: [] }
  const token = await world.inside(() => Invitation.invite(offer, owner), owner)
  const [{ id }] = await sql(admin(), 'select id from invitations where email = ?', [email])
  return { id, email, token }
}

async function grow(ages: Case['ages'], id: string, days: number) {
  const { table, columns, key = 'id', inMilliseconds } = ages
  const span = inMilliseconds ? `${days} * 86400000` : `make_interval(days => ${days})`
  const aged = columns.map((name) => `${name} = ${name} - ${span}`)
  await quietly(`update ${table} set ${aged.join(', ')} where ${key} = ?`, [id])
}

function runsOf(dataset: string) {
  return sql(admin(), 'select * from retention_runs where dataset = ? order by id desc', [dataset])
}

test.group('Retention', () => {
  for (const name of timedRules) {
    test(`${name}: what is older than ${daysOf(name)} days goes, what is younger stays`, async ({
      assert,
    }) => {
      const { add, ages, isKept } = cases[name]
      const world = await World.create()
      const [old, young] = [await add(world), await add(world)]
      await grow(ages, old, daysOf(name) + 1)
      // A session ends by its use: an hour ago is enough to see that it goes on.
      await grow(ages, young, name === 'session' ? 0 : daysOf(name) - 1)

      const [counted] = await retain({ rules: [name], dryRun: true })
      assert.isAtLeast(counted.affected, 1)
      assert.isTrue(await isKept(old), 'a dry run changes nothing')
      const [done] = await retain({ rules: [name] })
      assert.equal(done.affected, counted.affected)
      assert.isFalse(await isKept(old))
      assert.isTrue(await isKept(young))

      const [run] = await runsOf(name)
      assert.containsSubset(run, { error: null, rule_version: ruleVersion(name) })
      assert.equal(Number(run.affected), done.affected)
      assert.isAtLeast(run.finished_at.getTime(), run.started_at.getTime())
      assert.closeTo((Date.now() - run.cutoff.getTime()) / 86_400_000, daysOf(name), 0.1)
    })
  }

  test('goes by what an organisation chose, and by the policy elsewhere', async ({ assert }) => {
    const [chose, other] = [await World.create(), await World.create()]
    await chose.inside(() => RetentionSettings.revise({ mailDays: 10, notificationDays: 10 }, 1))
    const kept: Record<string, boolean[]> = {}
    for (const name of ['mail', 'notification'] as const) {
      const { add, ages, isKept } = cases[name]
      const ids = [await add(chose), await add(other)]
      for (const id of ids) await grow(ages, id, 11)
      await retain({ rules: [name] })
      kept[name] = await Promise.all(ids.map(isKept))
    }
    assert.deepEqual(kept, { mail: [false, true], notification: [false, true] })
  })
})

test.group('Retention of what no time ends', (group) => {
  let before: Record<string, string>
  let after: Record<string, string>

  group.setup(async () => {
    const { world } = await populated()
    before = await checksums(world.organisationId)
    await retain()
    after = await checksums(world.organisationId)
  })

  const others = (Object.keys(retentionRules) as RetentionName[]).filter(
    (name) => !timedRules.includes(name as TimedRule) && retentionRules[name].ends !== 'command'
  )
  for (const name of others) {
    test(`${name}: ends with ${retentionRules[name].ends}, never with time`, ({ assert }) => {
      const tables = Object.keys(inventory).filter((table) => inventory[table].retention === name)
      for (const table of tables) assert.equal(after[table], before[table], table)
    })
  }
})

test.group('A request about personal data', () => {
  test('stays as long as it is open, and tells afterwards that there was one', async ({
    assert,
  }) => {
    const open = await receive(await register('patient'), '2020-01-01')
    const closed = await cases.request.add(await World.create())
    await grow(cases.request.ages, closed, daysOf('request') + 1)
    await retain({ rules: ['request'] })
    const [waiting] = await rowsOf(open.id)
    assert.isNotNull(waiting.contact)
    assert.isNotNull(waiting.details)
    const [over] = await rowsOf(closed)
    assert.containsSubset(over, { status: 'refused', refusal_ground: 'nothing_held' })
    assert.isNotNull(over.completed_at)
  })

  function rowsOf(id: string) {
    return sql(admin(), 'select * from privacy_requests where id = ?', [id])
  }
})

test.group('The address of an invitation', () => {
  test('goes when it lapsed a week ago; the list says so, and it is sent to nobody', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const { id, email, token } = await invited(world)
    const age = (days: number) =>
      world.inside(async () => {
        const invitation = await Invitation.findById(id)
        const expiresAt = DateTime.utc().minus({ days })
        await invitation.merge({ expiresAt }).auditAs('invitation.updated').save()
      })
    await age(6)
    await retain({ rules: ['invitation'] })
    assert.include((await client.get('/invitations').as(owner)).text(), email)
    await age(8)
    await retain({ rules: ['invitation'] })
    const page = (await client.get('/invitations').as(owner)).text()
    assert.notInclude(page, email)
    assert.include(page, 'Address kept no longer')
    assert.notInclude(page, `/invitations/${id}`)
    await client.put(`/invitations/${id}`).as(owner)
    const [{ deliveries }] = await sql(admin(), 'select deliveries from invitations where id = ?', [
      id,
    ])
    assert.equal(deliveries, 1)
    const joining = await client.get(`/join/${token}`)
    assert.notInclude(joining.text(), 'erased.invalid')
  })
})

test.group('A rule of retention that fails', () => {
  test('stops neither the other rules nor the other organisations, and is told to the desk', async ({
    assert,
  }) => {
    const [broken, sound] = [await World.create(), await World.create()]
    const { add, ages, isKept } = cases.mail
    const id = await add(sound)
    await grow(ages, id, 31)
    const by = {
      ...enforcers,
      mail: {
        scope: 'tenant' as const,
        run: async () => {
          const { organisationId } = Tenancy.current()
          if (organisationId === broken.organisationId) throw new Error('Ada Lovelace is broken')
          return enforcers.mail.run(null as never)
        },
      },
    }
    const done = await retain({ by })
    assert.lengthOf(done, timedRules.length)
    assert.deepEqual(
      done.filter(({ error }) => error).map(({ dataset }) => dataset),
      ['mail']
    )
    assert.isFalse(await isKept(id))
    const [run] = await runsOf('mail')
    assert.equal(run.error, 'Error', 'a code, which quotes nothing')
    const mails = await sql(
      admin(),
      `select status from email_outbox where organisation_id = ? and idempotency_key like 'retention:mail:%'`,
      [PLATFORM]
    )
    assert.lengthOf(mails, 1)
    await retain({ rules: ['mail'] })
    assert.equal(await alarmRetention(), 0)
  })

  test('is told as well when it has not run for 36 hours', async ({ assert }) => {
    await retain()
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000)
    assert.equal(await alarmRetention(hours(35)), 0)
    assert.equal(await alarmRetention(hours(37)), timedRules.length)
  })
})

test.group('The page of retention', () => {
  test('shows each rule with its last run, to staff alone', async ({ client, assert }) => {
    await retain()
    const page = await client.get('/admin/privacy/retention').as(await registerStaff())
    page.assertStatus(200)
    for (const name of timedRules) assert.include(page.text(), retentionRules[name].label)
    assert.include(page.text(), 'In order')
    assert.notMatch(page.text(), /@(if|else|end)\b/)
    assert.include(page.text(), ruleVersion('mail'))
    const member = await (await World.create()).person('owner')
    const refused = await client.get('/admin/privacy/retention').as(member)
    refused.assertStatus(404)
  })
})
