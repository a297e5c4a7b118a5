import type { Part } from '#models/health/enumerations'
import { categoryRules } from '#models/health/rules/categories'
import { blockedTasks, orphanedTasks, unownedEntries } from '#models/health/rules/resources'
import type { HealthRule } from '#models/health/rules/rule'
import {
  endSlip,
  gateSlip,
  lapsedConditions,
  overdueTasks,
  rejectedGate,
  sharedDependencies,
  stageSlip,
} from '#models/health/rules/schedule'
import { changeRequests } from '#models/health/rules/scope'

/** Every rule by which the product itself rates a project. A dimension is as bad as its worst finding. */
export const healthRules: HealthRule[] = [
  gateSlip,
  rejectedGate,
  stageSlip,
  endSlip,
  overdueTasks,
  lapsedConditions,
  sharedDependencies,
  ...categoryRules('cost', 'financial'),
  changeRequests,
  ...categoryRules('benefits', 'business'),
  blockedTasks,
  orphanedTasks,
  unownedEntries,
  ...categoryRules('resources', 'people_organisation'),
  ...categoryRules('resources', 'external_supplier'),
]

/** The rules that rate one dimension. */
export function rulesOf(dimension: Part) {
  return healthRules.filter((rule) => rule.dimension === dimension)
}

/** Why a dimension is not rated when no rule finds anything: missing records do not mean green. */
export const UNMEASURED: Record<Part, string> = {
  schedule: 'No date has a baseline and no task is open: there is nothing to measure by.',
  cost: 'Orchestrate holds no budget, and no financial risk or issue is high: nothing shows how cost stands.',
  scope: 'The RAID log is empty: nothing shows how far the scope moves.',
  benefits:
    'Orchestrate holds no benefits profile, and no business risk or issue is high: nothing shows how benefits stand.',
  resources:
    'No task is open and no risk about people or suppliers is high: there is nothing to measure by.',
}
