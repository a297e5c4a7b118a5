import { errors } from '@adonisjs/lucid'
import { isForeignKeyViolation } from '#tenancy/sql'

/** PostgreSQL names a foreign key for its columns: this one is every table's own to the project of its rows. */
const OF_PROJECT = /_organisation_id_project_id_fkey$/

/**
 * Adding to a project that was destroyed since the request read it fails as it would for a later visitor. Any other
 * error is left as it is.
 */
export function orOfNoProject(error: any) {
  const isGone = isForeignKeyViolation(error) && OF_PROJECT.test(error.constraint ?? '')
  return isGone ? new errors.E_ROW_NOT_FOUND() : error
}
