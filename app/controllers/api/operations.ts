import { auditOperations } from '#controllers/api/operations/audit'
import { gateOperations } from '#controllers/api/operations/gates'
import type { Operation } from '#pages/api/operation'
import { projectOperations } from '#controllers/api/operations/projects'
import { raidOperations } from '#controllers/api/operations/raid'
import { reportOperations } from '#controllers/api/operations/reports'
import { taskOperations } from '#controllers/api/operations/tasks'

/** Every operation by its method and its address below `/api/v1`. A test holds them against the routes. */
export const operations: Record<string, Operation> = {
  ...projectOperations,
  ...raidOperations,
  ...taskOperations,
  ...gateOperations,
  ...reportOperations,
  ...auditOperations,
}
