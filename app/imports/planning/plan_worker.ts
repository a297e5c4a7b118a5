import { parentPort, workerData } from 'node:worker_threads'
import { ImportError, type ImportErrorCode } from '#imports/import_error'
import { planImport, type ImportPlan } from '#imports/planning/plan_import'

/** What `planImport` is given. */
export type PlanOrder = Parameters<typeof planImport>
export type PlanAnswer = { plan: ImportPlan } | { refused: ImportErrorCode }

parentPort?.postMessage(answerTo(workerData as PlanOrder))

function answerTo(order: PlanOrder): PlanAnswer {
  try {
    return { plan: planImport(...order) }
  } catch (error) {
    // A thread's errors arrive without their class.
    if (error instanceof ImportError) return { refused: error.code }
    throw error
  }
}
