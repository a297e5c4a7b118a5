import { appKeys } from '#config/app_keys'
import app from '@adonisjs/core/services/app'
import env from '#start/env'

/** Whether erasures are noted in the bucket for files: machines share no folder. */
export const notesInBucket = Boolean(env.get('FILES_S3_BUCKET'))

/**
 * The file in which erasures are noted outside the database if there is no bucket; otherwise it holds those noted
 * before there was one, or is null. Kept apart from database back-ups: a restored one does not know what was erased
 * since.
 */
export const tombstonesPath =
  env.get('ERASURE_TOMBSTONES') ||
  (notesInBucket ? null : app.makePath('storage', 'erasures.ndjson'))

/** The keys that hash what a person is known by, for comparison only: the current one first. */
export const tombstoneKeys = appKeys.map((key) => `erasure tombstones ${key}`)
