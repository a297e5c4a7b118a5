import { appKeys } from '#config/app_keys'
import app from '@adonisjs/core/services/app'
import env from '#start/env'

/** Whether erasures are noted in the bucket that keeps the files: machines share no folder. */
export const notesInBucket = Boolean(env.get('FILES_S3_BUCKET'))

/**
 * The file in which erasures are noted outside the database where there is no bucket; beside one it holds those
 * noted before there was, or is null. Kept apart from back-ups of the database: one that is restored knows
 * nothing of what was erased since.
 */
export const tombstonesPath =
  env.get('ERASURE_TOMBSTONES') ||
  (notesInBucket ? null : app.makePath('storage', 'erasures.ndjson'))

/** Turn what a person is known by into hashes that are compared and never read: the key in use first. */
export const tombstoneKeys = appKeys.map((key) => `erasure tombstones ${key}`)
