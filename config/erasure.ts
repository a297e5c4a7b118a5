import app from '@adonisjs/core/services/app'
import env from '#start/env'

/**
 * Where erasures are noted outside the database. Kept apart from its back-ups: a back-up that is restored
 * knows nothing of what was erased since.
 */
export const tombstonesPath =
  env.get('ERASURE_TOMBSTONES') || app.makePath('storage', 'erasures.ndjson')

/** Turns what a person is known by into hashes that are compared and never read. */
export const tombstoneKey = `erasure tombstones ${env.get('APP_KEY').release()}`
