import db from '@adonisjs/lucid/services/db'
import { NIL } from 'uuid'
import Erasure from '#models/erasure'
import type { Traces } from '#models/erasure'
import ErasureStep from '#models/erasure_step'
import { accountMadeAt } from '#models/user'
import { StartRefused } from '#config/start_refused'
import { buriedRecords } from '#privacy/erasure/buried_records'
import { runErasure, type Outcome } from '#privacy/erasure/run'
import {
  carryTombstones,
  isBuried,
  isReadable,
  notedErasures,
  readTombstones,
  type Tombstone,
} from '#privacy/erasure/tombstones'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const ACCOUNTS_AT_ONCE = 1000

/** The step that contains all others: until it is done, the replay was cut off and has to be repeated. */
const REPLAY = 'replay'

export type Replayed = { tombstone: Tombstone; outcome: Outcome | { status: 'absent' } }

/**
 * The ids of erasures that this database does not know, because it was restored from before them, or that were not
 * replayed to their end.
 */
export async function unknownErasures(): Promise<string[]> {
  const noted = await notedErasures()
  if (noted.length === 0) return []
  const [known, cutOff] = await Tenancy.system(PLATFORM, async () => [
    await Erasure.query().select('id').whereIn('id', noted),
    await ErasureStep.query().where('name', REPLAY).whereNull('done_at'),
  ])
  const ids = new Set(known.map(({ id }) => id))
  for (const { erasureId } of cutOff) ids.delete(erasureId)
  return noted.filter((id) => !ids.has(id))
}

/** Erases again everyone erased after the back-up that was restored. Throws when a note cannot be read. */
export async function replayErasures(
  tell: (replayed: Replayed) => void = () => {}
): Promise<Replayed[]> {
  await carryTombstones()
  const tombstones = await readTombstones(await unknownErasures())
  const unreadable = tombstones.filter((one) => !isReadable(one))
  if (unreadable.length > 0) {
    throw new StartRefused(
      `${unreadable.length} erasures were noted under an APP_KEY that is not known: name it in APP_KEYS_PREVIOUS, and replay`
    )
  }
  const buried = await accountsOf(tombstones)
  const records = await buriedRecords(tombstones)
  const replayed: Replayed[] = []
  for (const tombstone of tombstones) {
    const userId = buried.get(tombstone)?.at(0) ?? null
    const outcome = await replay(tombstone, userId, records.get(tombstone) ?? [])
    replayed.push({ tombstone, outcome })
    tell({ tombstone, outcome })
  }
  return replayed
}

async function accountsOf(tombstones: Tombstone[]) {
  const found = new Map<Tombstone, string[]>()
  if (tombstones.length === 0) return found
  for await (const account of everyAccount()) {
    const madeAt = accountMadeAt(account.id)
    const tombstone = tombstones.find((one) => isBuried(one, { ...account, madeAt }))
    if (tombstone) found.set(tombstone, [...(found.get(tombstone) ?? []), account.id])
  }
  return found
}

async function* everyAccount() {
  for (let after: string | undefined = NIL; after;) {
    const rows: { id: string; subject: string | null; email: string | null }[] = await sql(
      db.connection('privacy'),
      'select id, subject, email from directory.accounts(?, ?)',
      [after, ACCOUNTS_AT_ONCE]
    )
    yield* rows
    after = rows.at(-1)?.id
  }
}

async function replay(
  tombstone: Tombstone,
  userId: string | null,
  externals: Traces['externals']
): Promise<Outcome | { status: 'absent' }> {
  const step = await Tenancy.system(PLATFORM, () => begin(tombstone, userId, externals))
  if (!step) return { status: 'absent' }
  const outcome = await runErasure(tombstone.erasure)
  await Tenancy.system(PLATFORM, () => step.finish({}))
  return outcome
}

/**
 * Begins again, or goes on, under its former id and label, so that the note is known from now on, and records still
 * mean one person. Null when they are not in this database.
 */
async function begin(
  { erasure: id, label }: Tombstone,
  userId: string | null,
  externals: Traces['externals']
) {
  if (await Erasure.query().where('id', id).first()) return ErasureStep.begin(id, REPLAY)
  const nobody = { names: [], emails: [], subjects: [] }
  const traces = { userId, ...nobody, externals, isBeginning: true as const }
  const erasure = new Erasure().merge({ id, label, userId, traces, status: 'running' })
  await erasure.auditAs('erasure.started').save()
  if (userId !== null || externals.length > 0) return ErasureStep.begin(id, REPLAY)
  await erasure.keepProof({ absent: true }, ABSENT)
  await erasure.finish()
  return null
}

/** The SHA-256 of {"absent":true}. */
const ABSENT = '4173fe75856a510810fb673d510128063b913ff8946df7a3ab4b26dde9676dfa'
