/** True of rows of `table` whose `column` names nobody who is a member still. */
export function isGone(table: string, column: string) {
  return `not exists (select from memberships present
    where present.organisation_id = ${table}.organisation_id
      and present.id = ${table}.${column} and present.status = 'active')`
}
