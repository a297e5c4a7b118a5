/** SQL for the code and name of the project of rows of `table`, for lists across projects. */
export function projectOf(table: string) {
  return ['code', 'name'].map(
    (column) => `(select projects.${column} from projects
      where projects.organisation_id = ${table}.organisation_id
        and projects.id = ${table}.project_id) as project_${column}`
  )
}

/** The code of its programme, for summing up by programme in a spreadsheet. */
export function programmeOf(table: string) {
  return `(select programmes.code from projects
    join programmes on programmes.organisation_id = projects.organisation_id
      and programmes.id = projects.programme_id
    where projects.organisation_id = ${table}.organisation_id
      and projects.id = ${table}.project_id) as programme_code`
}
