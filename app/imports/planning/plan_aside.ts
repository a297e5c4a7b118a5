import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'
import { planImport, type ImportPlan } from '#imports/planning/plan_import'
import type { PlanAnswer, PlanOrder } from '#imports/planning/plan_worker'

/** Fewer bytes are read sooner than a thread begins. */
const FROM_BYTES = 64 * 1024

const MEMORY_MB = 768

let last: Promise<unknown> = Promise.resolve()

/**
 * `planImport` where others wait for the same process: large files are read in a thread of their own, one at a time.
 * Throws ImportError.
 */
export async function planAside(...order: PlanOrder): Promise<ImportPlan> {
  if (order[0].length < FROM_BYTES) return planImport(...order)
  const turn = last.then(() => inThread(order))
  last = turn.catch(() => {})
  return turn
}

async function inThread([bytes, ...rest]: PlanOrder) {
  const file = new URL(`./plan_worker${extname(import.meta.url)}`, import.meta.url)
  const worker = new Worker(file, {
    // What lies in a pool would be copied with all its neighbours.
    workerData: [new Uint8Array(bytes), ...rest] satisfies PlanOrder,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    env: {},
  })
  try {
    return await planOf(worker)
  } finally {
    await worker.terminate()
  }
}

function planOf(worker: Worker) {
  const { promise, resolve, reject } = Promise.withResolvers<ImportPlan>()
  // Reading has the same limit within; this is for what comes after it.
  const late = setTimeout(() => reject(new ImportError('too_slow')), 2 * LIMITS.milliseconds)
  worker.once('message', (answer: PlanAnswer) =>
    'plan' in answer ? resolve(answer.plan) : reject(new ImportError(answer.refused))
  )
  worker.once('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ImportError('bomb') : error)
  )
  worker.once('exit', (code) => reject(new Error(`Reading a file ended with ${code}`)))
  return promise.finally(() => clearTimeout(late))
}
