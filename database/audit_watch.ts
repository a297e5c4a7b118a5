const UNTOLD = ['organisation_id', 'created_at', 'updated_at', 'lock_version']

export type Write = 'insert' | 'update' | 'delete'

/**
 * SQL that lets no row of `table` change without an audit event of `type` about it in the same
 * transaction. `skip` names columns, beside those never told, whose change needs none; `writes` leaves
 * out those that the database makes itself, as when it gives each organisation its settings.
 */
export function watchTable(
  table: string,
  type: string,
  skip: string[] = [],
  writes: Write[] = ['insert', 'update', 'delete']
) {
  const columns = [...UNTOLD, ...skip].map((column) => `'${column}'`).join(', ')
  return `
    create constraint trigger told_to_audit after ${writes.join(' or ')} on ${table}
      deferrable initially deferred for each row
      execute function audit.require_event('${type}', ${columns});`
}
