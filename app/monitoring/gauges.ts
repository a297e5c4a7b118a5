import db from '@adonisjs/lucid/services/db'
import { sealLag } from '#audit/sealer'
import { read } from '#tenancy/sql'

/** The state of the installation, in numbers that name no one; ages in seconds. */
export type Gauges = {
  jobsWaiting: number
  jobsRunning: number
  jobsFailed: number
  jobsWaitSeconds: number
  mailsWaiting: number
  mailsWaitSeconds: number
  /** Of the assistant, this month, in millionths of the currency that it is priced in. */
  spendMicros: number
  sealLagSeconds: number
}

type Pool = { name: string; used: number; idle: number; pending: number }

/** Queries the database, over all organisations. */
export async function readGauges(): Promise<Gauges> {
  const [[{ gauges }], sealLagSeconds] = await Promise.all([
    read(db.connection(), 'select office.gauges() as gauges'),
    sealLag(db.connection('sealer')),
  ])
  return { ...gauges, sealLagSeconds }
}

/** This process's connections in each role's pool that was used at all. */
export function readPools(): Pool[] {
  return [...db.manager.connections.values()].flatMap(({ name, connection }) => {
    const pool = connection?.pool
    if (!pool) return []
    const counts = {
      used: pool.numUsed(),
      idle: pool.numFree(),
      pending: pool.numPendingAcquires(),
    }
    return [{ name, ...counts }]
  })
}
