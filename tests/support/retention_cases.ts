import { randomUUID } from 'node:crypto'
import { queueMail } from '#mails/outbox'
import AiInteraction from '#models/ai_interaction'
import ConsentRecord from '#models/consent_record'
import Invitation from '#models/invitation'
import { decline } from '#models/privacy_request/closing'
import { receiveRequest } from '#models/privacy_request/receiving'
import type { TimedRule } from '#registries/retention'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { readyPack } from '#tests/support/exercises/portfolio'
import { readyExport } from '#tests/support/exercises/privacy'
import { addAssistantRows } from '#tests/support/populated/assistant'
import { addWebhook } from '#tests/support/webhooks'
import { ownToken } from '#tests/support/tokens'
import { openSession, register, type World } from '#tests/support/world'

/** How a row comes under a rule, how it gets older, and whether it still exists. */
type Case = {
  add(world: World): Promise<string>
  /** The moments that determine its age. */
  ages: { table: string; columns: string[]; key?: string; inMilliseconds?: true }
  isKept(id: string): Promise<boolean>
}

const has = (text: string) => async (id: string) => {
  const [row] = await sql(admin(), text, [id])
  return Boolean(row?.kept)
}

/** One for each rule with a time limit; a rule without one does not compile. */
export const cases: Record<TimedRule, Case> = {
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
      `select num_nonnulls(contact, contact_hash, details, answer) > 0 or exists (
                select from privacy_request_entries e where e.request_id = r.id and e.text is not null) as kept
         from privacy_requests r where r.id = ?`
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
         values (?, 1, (extract(epoch from now() + interval '1 day') * 1000)::bigint)`,
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

/** Asked by someone without an account, and refused by the desk. */
function closedRequest() {
  return Tenancy.system(PLATFORM, async () => {
    const request = await receiveRequest({
      kind: 'access',
      channel: 'web',
      contact: { name: 'A stranger', email: `${randomUUID()}@example.test` },
      details: 'Everything, please',
    })
    await request.log('note', 'Said by telephone')
    await decline(request, 'nothing_held', 'We hold nothing of yours')
    return request.id
  })
}

/** An invitation that waits, with its link's token. */
export async function invited(world: World) {
  const owner = await world.person('owner')
  const email = `${randomUUID()}@example.test`
  const offer = { email, role: 'member' as const, projects: [] }
  const token = await world.inside(() => Invitation.invite(offer, owner), owner)
  const [{ id }] = await sql(admin(), 'select id from invitations where email = ?', [email])
  return { id, email, token }
}

/** Makes a row so many days older. */
export async function grow(ages: Case['ages'], id: string, days: number) {
  const { table, columns, key = 'id', inMilliseconds } = ages
  const span = inMilliseconds ? `${Math.round(days * 86_400_000)}` : `${days} * interval '1 day'`
  const aged = columns.map((name) => `${name} = ${name} - ${span}`)
  await quietly(`update ${table} set ${aged.join(', ')} where ${key} = ?`, [id])
}

/** The runs of a rule, latest first. */
export function runsOf(dataset: string) {
  return sql(admin(), 'select * from retention_runs where dataset = ? order by id desc', [dataset])
}
