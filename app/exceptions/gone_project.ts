import { errors } from '@adonisjs/lucid'
import { isForeignKeyViolation } from '#tenancy/sql'

/** PostgreSQL names a reference for its columns: this one is every table's own to the project of its rows. */
const OF_PROJECT = /_organisation_id_project_id_fkey$/

/**
 * What was to hang on a project that was destroyed since the request read it finds no more of it than whoever comes
 * later. Any other error stays what it is.
 */
export function orOfNoProject(error: any) {
  const isGone = isForeignKeyViolation(error) && OF_PROJECT.test(error.constraint ?? '')
  return isGone ? new errors.E_ROW_NOT_FOUND() : error
}
