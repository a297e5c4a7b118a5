import { ImportError } from '#imports/import_error'
import { bytesAlone, fileBeside, inThread } from '#imports/in_thread'
import { LIMITS, MB } from '#imports/limits'
import { planImport, type ImportPlan } from '#imports/planning/plan_import'
import { sniff } from '#imports/workbook/sniff'
import { Zip } from '#imports/workbook/zip'
import type { PlanAnswer, PlanOrder } from '#imports/planning/plan_worker'

/** Below these sizes, of a file and of what it unpacks to, reading takes less time than starting a thread. */
const FROM_BYTES = 64 * 1024
const FROM_UNPACKED = MB

const THREAD = {
  // Reading has the same limit inside the thread; this one covers what comes after it.
  milliseconds: 2 * LIMITS.milliseconds,
  heap: 768 * MB,
  refusal: (code: 'too_slow' | 'bomb') => new ImportError(code),
}

let last: Promise<unknown> = Promise.resolve()

/**
 * `planImport` for a process that serves others: large files are read in a thread of their own, one at a time. Throws
 * ImportError.
 */
export async function planAside(...order: PlanOrder): Promise<ImportPlan> {
  if (isSmall(order[0])) return planImport(...order)
  const turn = last.then(() => planInThread(order))
  last = turn.catch(() => {})
  return turn
}

function isSmall(bytes: Uint8Array) {
  if (bytes.length >= FROM_BYTES) return false
  return sniff(bytes) === 'text' || new Zip(bytes).declared < FROM_UNPACKED
}

async function planInThread([bytes, ...rest]: PlanOrder) {
  const file = fileBeside(import.meta.url, 'plan_worker')
  const order = [bytesAlone(bytes), ...rest] satisfies PlanOrder
  const answer = await inThread<PlanAnswer>(file, order, THREAD)
  if ('refused' in answer) throw new ImportError(answer.refused)
  return answer.plan
}
