import type { ImportPlan } from '#imports/index'
import { enqueue } from '#jobs/enqueue'
import Import, { type ImportStatus } from '#models/import'
import { Superseded, UNATTEMPTED } from '#models/mixins/attempted'
import { takeTurnsAs } from '#models/saving/turns'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Why a worker gave an import back, and left everything as it was. */
export type Problem = 'moved' | 'nothing' | 'access' | 'suspended' | 'fault'

/** From this many records on a worker does the import: fewer are done while the person waits for the page. */
export const LARGE_FROM = 500

/** True of a file that a worker imports, whatever in it is new. */
export function isLarge({ rows }: ImportPlan) {
  return rows.filter(({ kind }) => kind === 'record').length >= LARGE_FROM
}

type Work = { from: ImportStatus; started: string; failed: string; cancelled: string }

/** What a worker does, by the state of the import while it does. */
const WORKS: Partial<Record<ImportStatus, Work>> = {
  executing: {
    from: 'draft',
    started: 'import.started',
    failed: 'import.failed',
    cancelled: 'import.cancelled',
  },
  undoing: {
    from: 'imported',
    started: 'import.undo_started',
    failed: 'import.undo_failed',
    cancelled: 'import.undo_cancelled',
  },
}

/** One at a time in a project: two would wait for each other's numbers, and could each change what the other saw. */
export async function isBusy({ id, projectId }: Import) {
  const others = await Import.query()
    .select('id')
    .where('project_id', projectId)
    .whereIn('status', ['executing', 'undoing'])
    .whereNot('id', id)
    .limit(1)
  return others.length > 0
}

/**
 * Hands an import to a worker, which continues in the name of the person asking; `seen` says which changes were shown.
 * Expects the row to be locked, and in the state from which this starts. Returns false, having done nothing, while
 * another import of the project is running.
 */
export async function handOver(row: Import, status: 'executing' | 'undoing', seen?: unknown) {
  const { membershipId, trx } = Tenancy.current()
  await takeTurnsAs(`imports ${row.projectId}`)
  if (await isBusy(row)) return false
  const handedOver = row.handedOver + 1
  row.merge({ ...UNATTEMPTED, status, handedOver, problem: null })
  await row.auditAs(WORKS[status]!.started).save()
  await enqueue(trx, 'work_on_import', {
    importId: row.id,
    turn: row.handedOver,
    by: membershipId!,
    seen: typeof seen === 'string' ? seen : null,
  })
  return true
}

/** Begins an attempt; null when its turn is over (the next may have begun), or when it has broken off too often. */
export async function claim(id: string, turn: number) {
  const row = await lockedRow(id)
  if (!row?.isUnderWay || row.handedOver !== turn) return null
  if (!row.mayTryAgain) {
    await giveBack(row, 'fault')
    return null
  }
  row.attempts += 1
  return row.auditSilently().save()
}

/**
 * Records an attempt's progress, and ends an attempt that was cancelled or replaced. It must not use the attempt's own
 * transaction, whose changes are invisible until it ends.
 */
export async function note({ id, handedOver, attempts }: Import, done: number, all: number) {
  const { trx, organisationId } = Tenancy.current()
  const noted = await sql(trx, NOTE, [done, all, organisationId, id, handedOver, attempts])
  if (noted.length === 0) throw new Superseded()
}

const NOTE = `update imports set parts_done = ?, parts = ?
  where organisation_id = ? and id = ? and handed_over = ? and attempts = ? returning id`

/** True of the attempt at work. Once the row has been saved this stays true until the transaction ends. */
export async function isAtWork(attempt: Import) {
  const present = await Import.light().where('id', attempt.id).first()
  return present !== null && isSame(present, attempt)
}

/** Ends a failed attempt: the import is again what it was before it was requested. */
export async function endAttempt(attempt: Import, problem: Problem) {
  const row = await lockedRow(attempt.id)
  if (!row?.isUnderWay || !isSame(row, attempt)) return null
  return giveBack(row, problem)
}

/**
 * Takes an import back from the worker that does it, or is about to: it is again what it was before it was requested.
 * What the worker has done so far is rolled back, because its turn is over. Expects the row to be locked and under way.
 */
export function cancel(row: Import) {
  const { from, cancelled } = WORKS[row.status]!
  row.merge({ status: from, handedOver: row.handedOver + 1 })
  return row.auditAs(cancelled).save()
}

/** Whether what was asked for in that turn is still wanted. */
export async function isTurn(id: string, turn: number) {
  const row = await Import.light().where('id', id).first()
  return row?.handedOver === turn
}

/** True of the row as an attempt knew it. */
export function isSame(row: Import, { handedOver, attempts }: Import) {
  return row.handedOver === handedOver && row.attempts === attempts
}

function giveBack(row: Import, problem: Problem) {
  const { from, failed } = WORKS[row.status]!
  row.merge({ status: from, problem })
  return row.auditAs(failed).save()
}

function lockedRow(id: string) {
  return Import.light().where('id', id).forUpdate().first()
}
