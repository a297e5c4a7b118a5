/** True of rows of `table` whose `column` names no present member. */
export function isGone(table: string, column: string) {
  return `not exists (select from memberships present
    where present.organisation_id = ${table}.organisation_id
      and present.id = ${table}.${column} and present.status = 'active')`
}

/** SQL for an array of former members: what waits for one of them is found by index. */
export const GONE = `array(select gone.id from memberships gone
  where gone.organisation_id = (select app_organisation()) and gone.status <> 'active')`
