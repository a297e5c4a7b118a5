import { setTimeout as pause } from 'node:timers/promises'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { StartRefused } from '#config/start_refused'
import type { ApplicationService } from '@adonisjs/core/types'
import { unknownErasures } from '#privacy/erasure/replaying'
import { sql } from '#tenancy/sql'

const AGAIN_AFTER = 2000

const UNMIGRATED =
  'This database was never migrated. Run "node ace.js migration:run --force --connection=owner" first.'

type App = Pick<ApplicationService, 'inProduction' | 'terminating'>

/**
 * Why production must not use this database; null when nothing is wrong. One restored from before an erasure still
 * knows the people erased since.
 */
export async function olderThanErasures({ inProduction }: Pick<App, 'inProduction'>) {
  if (!inProduction) return null
  const { length } = await unknownErasures()
  if (length === 0) return null
  const people = length === 1 ? 'Somebody was' : `${length} people were`
  return `${people} erased after this database was backed up. Run "node ace.js privacy:replay-erasures" first.`
}

/** Why a process must not start with this database; null when nothing is wrong. */
async function problemWith(app: App) {
  if (!app.inProduction) return null
  const [{ first }] = await sql(db, `select to_regclass('public.organisations') as first`)
  return first === null ? UNMIGRATED : olderThanErasures(app)
}

/**
 * Keeps a serving or working process from starting on such a database, or an empty one, by throwing. While that cannot
 * be determined, because the database or the notes of erasures are unreachable, it waits. Returns false when it was
 * told to stop meanwhile.
 */
export async function mayBegin(app: App, againAfter = AGAIN_AFTER): Promise<boolean> {
  let isEnding = false
  app.terminating(() => void (isEnding = true))
  while (!isEnding) {
    const told = await problemWith(app).then(
      (problem) => ({ problem }),
      (error) => ({ error })
    )
    if ('problem' in told && told.problem) throw new StartRefused(told.problem)
    if ('problem' in told) return true
    logger.error({ err: told.error }, 'waits until it can read which erasures this database knows')
    await pause(againAfter)
  }
  return false
}
