/** True of rows of `table` whose `column` names nobody who is a member still. */
export function isGone(table: string, column: string) {
  return `not exists (select from memberships present
    where present.organisation_id = ${table}.organisation_id
      and present.id = ${table}.${column} and present.status = 'active')`
}

/** SQL of an array of those who were members once: what waits for one of them is found by index. */
export const GONE = `array(select gone.id from memberships gone
  where gone.organisation_id = (select app_organisation()) and gone.status <> 'active')`
