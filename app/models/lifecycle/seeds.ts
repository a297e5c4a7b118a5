import { light } from '#models/lifecycle/light'
import { pm2 } from '#models/lifecycle/pm2'
import { ukGates } from '#models/lifecycle/uk_gates'
import type { Weight } from '#models/gate/enumerations'

/** A criterion in shorthand; those that a rule checks need no evidence. */
export type SeedCriterion = {
  title: string
  guidance: string
  weight: Weight
  rule?: string
  evidence?: boolean
}

/** A stage, and the gate that closes it, if one does. */
export type SeedStage = {
  name: string
  gate?: { name: string; purpose: string; criteria: SeedCriterion[] }
}

export type SeedLifecycle = { name: string; description: string; stages: SeedStage[] }

/** The lifecycles that every organisation starts with; the first is the default. */
export const seedLifecycles: SeedLifecycle[] = [light, ukGates, pm2]
