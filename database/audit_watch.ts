const UNTOLD = ['organisation_id', 'created_at', 'updated_at', 'lock_version']

type Writes = 'insert or update or delete' | 'update or delete'

/**
 * SQL that lets no row of `table` change without an audit event of `type` about it in the same
 * transaction. `skip` names columns, beside those never told, whose change needs none.
 */
export function watchTable(
  table: string,
  type: string,
  skip: string[] = [],
  writes: Writes = 'insert or update or delete'
) {
  const columns = [...UNTOLD, ...skip].map((column) => `'${column}'`).join(', ')
  return `
    create constraint trigger told_to_audit after ${writes} on ${table}
      deferrable initially deferred for each row
      execute function audit.require_event('${type}', ${columns});`
}
