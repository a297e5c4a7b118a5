import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import RetentionRun from '#models/retention_run'
import { alarmRetention } from '#privacy/retention/alarm'
import { enforcers, type Enforcer } from '#privacy/retention/enforcers'
import { daysOf, ruleVersion, timedRules, type TimedRule } from '#registries/retention'
import { everyTenancy } from '#tenancy/organisations'
import Tenancy, { PLATFORM, RolledBack } from '#tenancy/tenancy'
import { transaction } from '#tenancy/transaction'

/** What one rule did, or would do. */
type Retained = {
  dataset: TimedRule
  cutoff: DateTime
  affected: number
  error: string | null
}

type RoundOptions = {
  rules?: TimedRule[]
  /** Only counts, and changes nothing. */
  dryRun?: boolean
  by?: Record<TimedRule, Enforcer>
}

/**
 * Runs every rule with a time limit and stores a report of each. A rule that fails, or fails in one organisation, does
 * not hold the others up; the desk is told at the end.
 */
export async function retain(options: RoundOptions = {}): Promise<Retained[]> {
  const { rules = timedRules, dryRun = false, by = enforcers } = options
  const done: Retained[] = []
  for (const name of rules) {
    const work = () => enforce(by[name], dryRun)
    done.push(dryRun ? await counted(name, work) : await reported(name, work))
  }
  if (!dryRun) await alarmRetention()
  return done
}

type Outcome = { affected: number; error: string | null }

async function reported(dataset: TimedRule, work: () => Promise<Outcome>): Promise<Retained> {
  const cutoff = cutoffOf(dataset)
  const begun = await Tenancy.system(PLATFORM, () =>
    RetentionRun.begin({ dataset, ruleVersion: ruleVersion(dataset), cutoff })
  )
  const outcome = await work()
  await Tenancy.system(PLATFORM, async () => {
    const run = await RetentionRun.findOrFail(begun.id)
    await run.end(outcome)
  })
  return { dataset, cutoff, ...outcome }
}

async function counted(dataset: TimedRule, work: () => Promise<Outcome>): Promise<Retained> {
  return { dataset, cutoff: cutoffOf(dataset), ...(await work()) }
}

async function enforce(enforcer: Enforcer, dryRun: boolean): Promise<Outcome> {
  const homes = enforcer.scope === 'shared' ? [null] : await everyTenancy()
  const outcome: Outcome = { affected: 0, error: null }
  for (const home of homes) {
    try {
      outcome.affected += await enforceIn(home, enforcer, dryRun)
    } catch (error) {
      logger.error({ err: error }, 'a rule of retention failed')
      outcome.error ??= codeOf(error)
    }
  }
  return outcome
}

async function enforceIn(home: string | null, enforcer: Enforcer, dryRun: boolean) {
  let affected = 0
  const settle = async (run: () => Promise<number>) => {
    affected = await run()
    if (dryRun) throw new RolledBack()
  }
  const round =
    enforcer.scope === 'shared'
      ? transaction(db, (trx) => settle(() => enforcer.run(trx)))
      : Tenancy.system(home!, () => settle(() => enforcer.run()))
  await round.catch((error) => {
    if (!(error instanceof RolledBack)) throw error
  })
  return affected
}

function cutoffOf(dataset: TimedRule) {
  return DateTime.utc().minus({ days: daysOf(dataset) })
}

/** A code, never a message: that may quote what it failed on. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as NodeJS.ErrnoException
  return String(code ?? name ?? 'unknown').slice(0, 60)
}
