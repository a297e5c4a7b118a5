/**
 * SQL for the name of the member whom a column of `table` names. As a sub-query it is evaluated only for the rows of a
 * page, and in their order.
 */
export function memberName(table: string, column: string) {
  return `(select users.name from memberships join users on users.id = memberships.user_id
    where memberships.organisation_id = ${table}.organisation_id
      and memberships.id = ${table}.${column})`
}

/** The same for a person outside. */
export function externalName(table: string, column: string) {
  return `(select external_resources.name from external_resources
    where external_resources.organisation_id = ${table}.organisation_id
      and external_resources.id = ${table}.${column})`
}
