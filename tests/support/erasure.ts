import { randomUUID } from 'node:crypto'
import Comment from '#models/comment'
import PrivacyRequest from '#models/privacy_request'
import { noteRecipients, untoldRecipients } from '#models/privacy_request/recipients'
import RaidItem from '#models/raid_item'
import { useAccountRemover } from '#identity/account_removal'
import type { RemovalOutcome } from '#identity/auth0_management'
import { startErasure } from '#privacy/erasure/start'
import { runErasure } from '#privacy/erasure/run'
import { recipientNames } from '#registries/agreements'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { register, World, type Account } from '#tests/support/world'

/** A person whose name and address occur nowhere else. */
export async function canary(): Promise<Account & { subject: string }> {
  const word = `canary${randomUUID().replaceAll('-', '').slice(0, 12)}`
  const account = await register('canary')
  const subject = `auth0|${word}`
  const person = { userId: account.userId, name: `Quilla ${word}`, email: `${word}@example.test` }
  await sql(admin(), 'update users set name = ?, email = ?, subject = ? where id = ?', [
    person.name,
    person.email,
    subject,
    person.userId,
  ])
  return { ...person, subject }
}

/** Begins an erasure as a command does. */
export function begin({ userId }: Pick<Account, 'userId'>, requestId: string | null = null) {
  return Tenancy.system(PLATFORM, () => startErasure({ userId, requestId, startedBy: null }))
}

/** Records that everyone who may have received the data was told. */
export function tellRecipients(requestId: string) {
  return Tenancy.system(PLATFORM, async () => {
    const request = await PrivacyRequest.findById(requestId)
    const recipients = await untoldRecipients(request, recipientNames())
    const notice = { recipients, outcome: 'informed' as const, reason: null }
    await noteRecipients(request, notice, recipientNames())
  })
}

/** Erases without stopping: begins and runs. */
export async function erase(person: Pick<Account, 'userId'>) {
  const { id, label } = await begin(person)
  return { id, label, outcome: await runErasure(id) }
}

/** Restores an erased person as an older back-up would, which does not know of the erasure either. */
export async function restore(person: Awaited<ReturnType<typeof canary>>, erasureId: string) {
  await forgetErasure(erasureId)
  await sql(
    admin(),
    `update users set name = ?, email = ?, subject = ?, erasing_at = null where id = ?`,
    [person.name, person.email, person.subject, person.userId]
  )
}

/** Takes every trace of an erasure away. */
export async function forgetErasure(id: string) {
  for (const table of ['erasure_finds', 'erasure_steps', 'erasures']) {
    await quietly(`delete from ${table} where ${table === 'erasures' ? 'id' : 'erasure_id'} = ?`, [
      id,
    ])
  }
}

/**
 * A person whom someone else's comment names, as does whatever is made by `besides`, and whose erasure waits for its
 * reader.
 */
export async function withFind(besides: (person: Account) => Promise<unknown> = async () => {}) {
  const world = await World.create()
  const person = await canary()
  const project = await world.project()
  const writer = await world.person('manager')
  await world.join(person)
  const comment = await world.inside(async () => {
    const item = await RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Dry' })
    const body = `Please ask ${person.name} for the key.`
    return Comment.create({ raidItemId: item.id, authorId: writer.membershipId, body })
  }, writer)
  await besides(person)
  removing()
  const { id: erasureId } = await erase(person)
  const finds = await sql(
    admin(),
    `select id, place from erasure_finds where erasure_id = ? order by place desc`,
    [erasureId]
  )
  return { world, person, comment, erasureId, finds, findId: finds[0].id as string }
}

/** The jobs of a kind that wait with this id. */
export function jobsNaming(kind: string, id: string) {
  return sql(
    admin(),
    `select from graphile_worker._private_jobs jobs
       join graphile_worker._private_tasks kinds on kinds.id = jobs.task_id
      where kinds.identifier = ? and strpos(payload::text, ?) > 0`,
    [kind, id]
  )
}

/** Removes accounts in place of the identity provider, as instructed. */
export function removing(outcome: RemovalOutcome = { kind: 'deleted' }) {
  const subjects: string[] = []
  useAccountRemover({
    async remove(subject) {
      subjects.push(subject)
      return outcome
    },
  })
  return subjects
}

/** What is written to the output, logs included, from now on. */
export function capturingOutput() {
  const parts: string[] = []
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = ((chunk: any, ...rest: any[]) => {
    parts.push(String(chunk))
    return (write as any)(chunk, ...rest)
  }) as typeof process.stdout.write
  return {
    text() {
      process.stdout.write = write
      return parts.join('')
    },
  }
}

export class Killed extends Error {}

/** Dies at each moment that the erasure reports, when it first gets there: at every boundary, and inside steps. */
export function dyingEverywhere() {
  const moments = new Set<string>()
  const tick = (step: string, part: string) => {
    const moment = `${step} ${part}`
    if (moments.has(moment)) return
    moments.add(moment)
    throw new Killed()
  }
  return { moments, tick }
}

/** Every row of every schema that contains a word, as a plain dump would show it. */
export async function dumpHits(words: string[]): Promise<string[]> {
  const tables = await sql(
    admin(),
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`
  )
  const needles = words.flatMap((word) => [word, Buffer.from(word, 'utf8').toString('hex')])
  const hits: string[] = []
  for (const { name } of tables) {
    const rows = await sql(
      admin(),
      `select ?::text as name, left(t::text, 300) as text from ${name} t
        where exists (select from unnest(?::text[]) word where strpos(lower(t::text), lower(word)) > 0)`,
      [name, needles]
    )
    hits.push(...rows.map((row) => `${row.name}: ${row.text}`))
  }
  return hits
}
